// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Pore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Convex and concave polygons and stars, anywhere, also across the edges. A triangle is never alone. */
final class Polygons implements Family {
    private static final int MOST_PORES = 20;
    private static final double LARGEST = 0.97;

    /** An outline and where its middle is [Å]. */
    private record Seed(Outline outline, double x, double y, double size) {
        double largest(CrystalBlock box) {
            return LARGEST * box.edge() / (size * outline.extent());
        }
    }

    @Override
    public String id() {
        return "polygons";
    }

    @Override
    public long code() {
        return 11;
    }

    @Override
    public String description() {
        return "convex and concave polygons and stars, also across the box's edges";
    }

    @Override
    public double lowest() {
        return 0.5;
    }

    @Override
    public double highest() {
        return 80;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("mostPores", MOST_PORES, "corners", "3 to 9", "spikes", "3 to 7"));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        int count = (int) random.nextLogUniform(1, MOST_PORES + 1);
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seeds.add(new Seed(outline(random, count == 1 ? 4 : 3), random.nextDouble(0, box.lx()),
                    random.nextDouble(0, box.ly()), random.nextDouble(0.5, 1.5)));
        }
        double largest = seeds.stream().mapToDouble(seed -> seed.largest(box)).min().orElseThrow();
        return Growth.to(target, largest, scale -> seeds.stream()
                .map(seed -> (Pore) seed.outline.at(seed.x, seed.y, scale * seed.size)).toList(), box);
    }

    private static Outline outline(SplitMix64 random, int fewest) {
        return switch (random.nextInt(0, 2)) {
            case 0 -> Outline.convex(random, random.nextInt(fewest, 8));
            case 1 -> Outline.concave(random, random.nextInt(5, 9));
            default -> Outline.star(random, random.nextInt(3, 7));
        };
    }
}
