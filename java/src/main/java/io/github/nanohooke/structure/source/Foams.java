// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Pore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Open cells: the walls of a periodic Voronoi tessellation, of one thickness, some of them opened so that cells join.
 * What an opening would leave alone is no part of the solid.
 */
final class Foams implements Family {
    private static final int MOST_CELLS = 14;
    /** Share of foams without an opening, and the largest share of openings in the others. */
    private static final double CLOSED = 0.3;
    private static final double MOST_OPEN = 0.5;

    @Override
    public String id() {
        return "foams";
    }

    @Override
    public long code() {
        return 16;
    }

    @Override
    public String description() {
        return "walls of Voronoi cells, some of them open";
    }

    @Override
    public double lowest() {
        return 25;
    }

    @Override
    public double highest() {
        return 88;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("cells", "2 to " + MOST_CELLS, "closed", CLOSED, "mostOpen", MOST_OPEN));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        int count = random.nextInt(2, MOST_CELLS);
        List<double[]> middles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            middles.add(new double[] {random.nextDouble(0, box.lx()), random.nextDouble(0, box.ly())});
        }
        double open = random.nextDouble() < CLOSED ? 0 : random.nextDouble(0, MOST_OPEN);
        Set<Integer> openings = new HashSet<>();
        for (int pair = 0; pair < count * count; pair++) {
            if (pair / count < pair % count && random.nextDouble() < open) {
                openings.add(pair);
            }
        }
        return FieldFamily.highest((x, y) -> fromWall(x, y, middles, openings, box), target, box);
    }

    /** Distance from the nearest wall that is not open [Å]. */
    private static double fromWall(double x, double y, List<double[]> middles, Set<Integer> openings,
            CrystalBlock box) {
        int count = middles.size();
        double[][] images = new double[9 * count][];
        int nearest = 0;
        for (int n = 0; n < images.length; n++) {
            double[] middle = middles.get(n % count);
            double px = middle[0] + (n / count % 3 - 1) * box.lx();
            double py = middle[1] + (n / count / 3 - 1) * box.ly();
            images[n] = new double[] {px, py, (x - px) * (x - px) + (y - py) * (y - py)};
            nearest = images[n][2] < images[nearest][2] ? n : nearest;
        }
        double least = Double.POSITIVE_INFINITY;
        double[] home = images[nearest];
        for (int n = 0; n < images.length; n++) {
            int one = Math.min(n % count, nearest % count);
            int other = Math.max(n % count, nearest % count);
            if (n != nearest && !openings.contains(one * count + other)) {
                // The wall is where both middles are equally far.
                least = Math.min(least, (images[n][2] - home[2])
                        / (2 * Math.sqrt(squared(images[n][0] - home[0]) + squared(images[n][1] - home[1]))));
            }
        }
        return least;
    }

    private static double squared(double x) {
        return x * x;
    }
}
