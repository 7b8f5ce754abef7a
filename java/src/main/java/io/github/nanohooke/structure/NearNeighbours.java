// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Arrays;

/**
 * The neighbours of all atoms of a metal, found at once and kept where that takes little memory, so that they can be
 * asked for again within a shorter distance: finding them is most of the work.
 */
final class NearNeighbours {
    /** Neighbours that are kept of an atom: two shells of fcc. Atoms with more are looked at again. */
    private static final int KEPT = 18;
    /** Atoms beyond which nothing is kept: half a kilobyte each. */
    private static final int MANY = 100_000;

    private final Atoms atoms;
    private final double[] nearest;
    private final int[] count;
    /** [atom][KEPT][x, y, z]; null where there are too many atoms. */
    private final double[] kept;
    private NeighbourGrid grid;
    private double reachOfGrid;

    /** @param reach how far neighbours are apart at most [Å] */
    NearNeighbours(Atoms atoms, double reach) {
        this.atoms = atoms;
        grid = new NeighbourGrid(atoms, reach);
        reachOfGrid = reach;
        nearest = new double[atoms.count()];
        count = new int[nearest.length];
        if (nearest.length > MANY) {
            kept = null;
            Arrays.setAll(nearest, grid::nearestSquared);
        } else {
            kept = new double[3 * KEPT * nearest.length];
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            grid.pairs((i, j, dx, dy, dz) -> {
                double square = dx * dx + dy * dy + dz * dz;
                put(i, square, dx, dy, dz);
                put(j, square, -dx, -dy, -dz);
            });
        }
    }

    private void put(int atom, double square, double dx, double dy, double dz) {
        nearest[atom] = Math.min(nearest[atom], square);
        int place = count[atom]++;
        if (place < KEPT) {
            int at = 3 * (KEPT * atom + place);
            kept[at] = dx;
            kept[at + 1] = dy;
            kept[at + 2] = dz;
        }
    }

    /** Square of the distance to the nearest neighbour [Å²]; infinite where there is none within reach. */
    double nearestSquared(int atom) {
        return nearest[atom];
    }

    /**
     * The neighbours within a distance.
     *
     * @param reach         no farther than that of the constructor [Å]
     * @param displacements as for {@link NeighbourGrid#neighbours}
     */
    int within(double reach, int atom, double[] displacements) {
        if (kept == null || count[atom] > KEPT) {
            if (reachOfGrid != reach) {
                grid = new NeighbourGrid(atoms, reach);
                reachOfGrid = reach;
            }
            return grid.neighbours(atom, displacements);
        }
        int found = 0;
        int end = 3 * (KEPT * atom + count[atom]);
        for (int at = 3 * KEPT * atom; at < end; at += 3) {
            double dx = kept[at];
            double dy = kept[at + 1];
            double dz = kept[at + 2];
            if (dx * dx + dy * dy + dz * dz <= reach * reach) {
                if (3 * found == displacements.length) {
                    return found + 1;
                }
                displacements[3 * found] = dx;
                displacements[3 * found + 1] = dy;
                displacements[3 * found++ + 2] = dz;
            }
        }
        return found;
    }
}
