// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Polygon;
import java.util.ArrayList;
import java.util.List;

/**
 * The corners of a polygon around its middle, of any size.
 *
 * @param corners x, y of each, in the order of their angles
 */
record Outline(List<double[]> corners) {

    /** Corners of a regular polygon of radius 1. */
    static Outline regular(int corners, double angle) {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < corners; k++) {
            points.add(at(angle + 2 * Math.PI * k / corners, 1));
        }
        return new Outline(points);
    }

    /** A box around the middle. */
    static Outline box(double width, double height) {
        return new Outline(List.of(new double[] {-width / 2, -height / 2}, new double[] {width / 2, -height / 2},
                new double[] {width / 2, height / 2}, new double[] {-width / 2, height / 2}));
    }

    /** Corners on an ellipse, which makes it convex. */
    static Outline convex(SplitMix64 random, int corners) {
        double aspect = random.nextLogUniform(1, 3);
        Outline round = scattered(random, corners, 1, 1);
        return new Outline(round.corners.stream().map(c -> new double[] {c[0], c[1] / aspect}).toList())
                .turned(random.nextDouble(0, 2 * Math.PI));
    }

    /** Corners at any distances from the middle. */
    static Outline concave(SplitMix64 random, int corners) {
        return scattered(random, corners, 0.35, 1);
    }

    /** Spikes of one length, dents of another. */
    static Outline star(SplitMix64 random, int spikes) {
        double dent = random.nextDouble(0.25, 0.6);
        double angle = random.nextDouble(0, 2 * Math.PI);
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < 2 * spikes; k++) {
            points.add(at(angle + Math.PI * k / spikes, k % 2 == 0 ? 1 : dent));
        }
        return new Outline(points);
    }

    private static Outline scattered(SplitMix64 random, int corners, double nearest, double farthest) {
        double angle = random.nextDouble(0, 2 * Math.PI);
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < corners; k++) {
            // Less than a whole step, so that corners keep their order.
            points.add(at(angle + 2 * Math.PI * (k + random.nextDouble(0, 0.7)) / corners,
                    random.nextDouble(nearest, farthest)));
        }
        return new Outline(points);
    }

    private static double[] at(double angle, double distance) {
        return new double[] {distance * StrictMath.cos(angle), distance * StrictMath.sin(angle)};
    }

    Outline turned(double angle) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return new Outline(corners.stream()
                .map(c -> new double[] {cos * c[0] - sin * c[1], sin * c[0] + cos * c[1]}).toList());
    }

    /** Width or height, whichever is larger. */
    double extent() {
        double extent = 0;
        for (int d = 0; d < 2; d++) {
            int axis = d;
            extent = Math.max(extent, corners.stream().mapToDouble(c -> c[axis]).max().orElseThrow()
                    - corners.stream().mapToDouble(c -> c[axis]).min().orElseThrow());
        }
        return extent;
    }

    /** The pore of a size, its middle at a place [Å]. */
    Polygon at(double x, double y, double size) {
        return Polygon.of(corners.stream().map(c -> new double[] {x + size * c[0], y + size * c[1]}).toList());
    }
}
