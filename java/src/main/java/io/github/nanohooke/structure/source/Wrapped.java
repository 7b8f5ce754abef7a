// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Circles and upright rectangles anywhere, also across the periodic boundary, from many small ones to one that nearly
 * fills the cell. Two pores are never two rectangles.
 */
final class Wrapped implements Family {
    private static final int MOST_PORES = 24;
    private static final double MOST_ASPECT = 4;
    private static final double LARGEST = 0.97;

    /** A pore of size 1 and where its middle is [Å]; a circle has no width. */
    private record Seed(boolean circle, double x, double y, double width, double height) {
        Pore at(double scale) {
            return circle ? new Circle(x, y, scale * width / 2)
                    : new Rectangle(x - scale * width / 2, x + scale * width / 2, y - scale * height / 2,
                            y + scale * height / 2);
        }
    }

    @Override
    public String id() {
        return "wrapped";
    }

    @Override
    public long code() {
        return 12;
    }

    @Override
    public String description() {
        return "circles and upright rectangles of any size, also across the box's edges";
    }

    @Override
    public double lowest() {
        return 0.5;
    }

    @Override
    public double highest() {
        return 90;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("mostPores", MOST_PORES, "mostAspect", MOST_ASPECT));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        int count = (int) random.nextLogUniform(1, MOST_PORES + 1);
        List<Seed> seeds = new ArrayList<>();
        double widest = 0;
        for (int i = 0; i < count; i++) {
            boolean circle = random.nextDouble() < 0.5 || count == 2 && i == 1 && !seeds.get(0).circle;
            double size = random.nextDouble(0.5, 1.5);
            double aspect = circle ? 1 : Math.sqrt(random.nextLogUniform(1 / MOST_ASPECT, MOST_ASPECT));
            Seed seed = new Seed(circle, random.nextDouble(0, box.lx()), random.nextDouble(0, box.ly()),
                    size * aspect, size / aspect);
            seeds.add(seed);
            widest = Math.max(widest, Math.max(seed.width / box.lx(), seed.height / box.ly()));
        }
        return Growth.to(target, LARGEST / widest, scale -> seeds.stream().map(seed -> seed.at(scale)).toList(), box);
    }
}
