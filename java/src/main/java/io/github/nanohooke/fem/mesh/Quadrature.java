// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.util.ArrayList;
import java.util.List;

/** Gauss's rule on the natural line, square or cube. */
public final class Quadrature {
    private static final double[][] PLACES = {
        {0}, {-1 / Math.sqrt(3), 1 / Math.sqrt(3)}, {-Math.sqrt(0.6), 0, Math.sqrt(0.6)}};
    private static final double[][] WEIGHTS = {{2}, {1, 1}, {5 / 9.0, 8 / 9.0, 5 / 9.0}};

    /**
     * A point.
     *
     * @param xi     natural coordinates
     * @param weight its share of the natural volume
     */
    public record Point(double[] xi, double weight) {
    }

    private Quadrature() {
    }

    /**
     * The points of a product rule.
     *
     * @param dimension 1 to 3
     * @param points    along each axis, 1 to 3: exact for polynomials of degree 2 points - 1 in each coordinate
     */
    public static List<Point> gauss(int dimension, int points) {
        if (points < 1 || points > PLACES.length) {
            throw new IllegalArgumentException("1 to 3 Gauss points along each axis, not " + points);
        }
        List<Point> all = new ArrayList<>();
        int count = (int) Math.round(Math.pow(points, dimension));
        for (int k = 0; k < count; k++) {
            double[] xi = new double[dimension];
            double weight = 1;
            for (int i = 0, rest = k; i < dimension; i++, rest /= points) {
                xi[i] = PLACES[points - 1][rest % points];
                weight *= WEIGHTS[points - 1][rest % points];
            }
            all.add(new Point(xi, weight));
        }
        return all;
    }
}
