// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Pore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Equal pores on an even grid, or with every other row moved by half a step: circles, rectangles, diamonds, triangles,
 * hexagons. In a box of 20 x 20 cells steps are whole numbers of columns, so that all pores of an even grid lose the
 * same atoms; half a step need not be one (2.5 columns with eight pores in a row), and moved rows may then lose others.
 */
final class Lattices implements Family {
    private static final Integer[] PER_EDGE = {1, 2, 4, 5, 8};
    private static final double LARGEST = 0.99;

    @Override
    public String id() {
        return "lattices";
    }

    @Override
    public long code() {
        return 13;
    }

    @Override
    public String description() {
        return "equal pores on an even or a staggered grid";
    }

    @Override
    public double lowest() {
        return 1;
    }

    @Override
    public double highest() {
        return 85;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("perEdge", "1, 2, 4, 5, 8", "shapes",
                "circle, rectangle, diamond, triangle, hexagon, any polygon of 4 to 7 corners"));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        int across;
        int up;
        do {
            across = random.pick(PER_EDGE);
            up = random.pick(PER_EDGE);
        } while (across * up == 1);
        boolean staggered = up % 2 == 0 && random.nextDouble() < 0.4;
        double dx = box.lx() / across;
        double dy = box.ly() / up;
        double x0 = random.nextDouble(0, dx);
        double y0 = random.nextDouble(0, dy);
        List<double[]> middles = new ArrayList<>();
        for (int j = 0; j < up; j++) {
            for (int i = 0; i < across; i++) {
                middles.add(new double[] {x0 + dx * (i + (staggered && j % 2 == 1 ? 0.5 : 0)), y0 + dy * j});
            }
        }
        int shape = random.nextInt(0, 5);
        if (shape == 0) {
            return Growth.to(target, LARGEST * box.edge() / 2, radius -> middles.stream()
                    .map(m -> (Pore) new Circle(m[0], m[1], radius)).toList(), box);
        }
        Outline outline = outline(random, shape, dx / dy);
        return Growth.to(target, LARGEST * box.edge() / outline.extent(), size -> middles.stream()
                .map(m -> (Pore) outline.at(m[0], m[1], size)).toList(), box);
    }

    private static Outline outline(SplitMix64 random, int shape, double step) {
        return switch (shape) {
            // As the step is shaped, so that thin walls on all sides come about; never a square on a square grid.
            case 1 -> Outline.box(step * random.nextLogUniform(0.4, 2.5), 1);
            case 2 -> Outline.regular(4, 0);
            case 3 -> Outline.regular(3, random.nextDouble(0, 2 * Math.PI));
            case 4 -> Outline.regular(6, random.nextDouble() < 0.5 ? 0 : Math.PI / 6);
            default -> Outline.convex(random, random.nextInt(4, 7));
        };
    }
}
