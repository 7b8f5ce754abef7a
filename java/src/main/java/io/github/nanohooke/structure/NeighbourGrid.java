// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Arrays;

/**
 * Finds the periodic neighbours of an atom in any cell. Atoms are wrapped and sorted into bins at least as wide as the
 * cutoff where the cell allows it; where it does not, further periodic images of the bins are visited.
 */
public final class NeighbourGrid {
    /** Periodic images of the cell within the cutoff beyond which a search would not end in anybody's time. */
    private static final double MOST_IMAGES = 1e9;

    private final Cell cell;
    private final double squaredCutoff;
    private final double[] positions;
    private final int[] bins = new int[3];
    private final int[] range = new int[3];
    private final int[] head;
    private final int[] next;

    /** What is told of each neighbour. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param neighbour index of the atom, of which this may be an image
         * @param dx        x from the atom to this neighbour [Å]; {@code dy} and {@code dz} likewise
         * @return whether to go on
         */
        boolean visit(int neighbour, double dx, double dy, double dz);
    }

    /**
     * @param cutoff how far neighbours are apart at most [Å]
     * @throws StructureException when the cell is so thin that the cutoff reaches a thousand million of its images
     */
    public NeighbourGrid(Atoms atoms, double cutoff) {
        cell = atoms.cell();
        squaredCutoff = cutoff * cutoff;
        positions = atoms.positions();
        cell.wrap(positions);
        chooseBins(cutoff, atoms.count());
        head = new int[bins[0] * bins[1] * bins[2]];
        next = new int[atoms.count()];
        Arrays.fill(head, -1);
        int[] at = new int[3];
        for (int i = next.length - 1; i >= 0; i--) {
            findBin(i, at);
            int bin = (at[2] * bins[1] + at[1]) * bins[0] + at[0];
            next[i] = head[bin];
            head[bin] = i;
        }
    }

    private void chooseBins(double cutoff, int atoms) {
        double[] heights = cell.heights();
        double images = 1;
        for (double height : heights) {
            images *= 1 + 2 * Math.ceil(cutoff / height);
        }
        if (!(images <= MOST_IMAGES)) {
            throw new StructureException("the cell is too thin for neighbours at " + cutoff + " Å: its opposite faces"
                    + " are " + Arrays.toString(heights) + " Å apart; lengths are in Å");
        }
        // A cell of mostly vacuum must not get far more bins than it has atoms. Counted in reals: a cell of any size.
        double most = Math.max(64, 8.0 * atoms);
        double[] wanted = new double[3];
        Arrays.setAll(wanted, d -> Math.max(1, Math.floor(heights[d] / cutoff)));
        while (wanted[0] * wanted[1] * wanted[2] > most) {
            int widest = wanted[0] >= wanted[1] && wanted[0] >= wanted[2] ? 0 : wanted[1] >= wanted[2] ? 1 : 2;
            wanted[widest] = Math.ceil(wanted[widest] / 2);
        }
        for (int d = 0; d < 3; d++) {
            bins[d] = (int) wanted[d];
            range[d] = (int) Math.ceil(cutoff / (heights[d] / bins[d]));
        }
    }

    /**
     * Collects the neighbours of an atom, images included, itself not.
     *
     * @param displacements filled with x, y, z [Å] from the atom to each neighbour in turn, as many as fit
     * @return the number of neighbours; when they do not all fit, one more than fit
     */
    int neighbours(int atom, double[] displacements) {
        int most = displacements.length / 3;
        int[] found = new int[1];
        visit(atom, (neighbour, dx, dy, dz) -> {
            if (found[0] < most) {
                displacements[3 * found[0]] = dx;
                displacements[3 * found[0] + 1] = dy;
                displacements[3 * found[0] + 2] = dz;
            }
            return ++found[0] <= most;
        });
        return found[0];
    }

    /** Tells of the neighbours of an atom, each periodic image by itself, the atom itself not. */
    public void visit(int atom, Visitor visitor) {
        int[] home = new int[3];
        findBin(atom, home);
        for (int kz = home[2] - range[2]; kz <= home[2] + range[2]; kz++) {
            int iz = Math.floorDiv(kz, bins[2]);
            for (int ky = home[1] - range[1]; ky <= home[1] + range[1]; ky++) {
                int iy = Math.floorDiv(ky, bins[1]);
                for (int kx = home[0] - range[0]; kx <= home[0] + range[0]; kx++) {
                    int ix = Math.floorDiv(kx, bins[0]);
                    int bin = ((kz - iz * bins[2]) * bins[1] + ky - iy * bins[1]) * bins[0] + kx - ix * bins[0];
                    if (!visitBin(atom, bin, new int[] {ix, iy, iz}, visitor)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean visitBin(int atom, int bin, int[] image, Visitor visitor) {
        double sx = shift(image, 0) - positions[3 * atom];
        double sy = shift(image, 1) - positions[3 * atom + 1];
        double sz = shift(image, 2) - positions[3 * atom + 2];
        boolean home = image[0] == 0 && image[1] == 0 && image[2] == 0;
        for (int j = head[bin]; j >= 0; j = next[j]) {
            double dx = positions[3 * j] + sx;
            double dy = positions[3 * j + 1] + sy;
            double dz = positions[3 * j + 2] + sz;
            if (dx * dx + dy * dy + dz * dz <= squaredCutoff && !(home && j == atom)
                    && !visitor.visit(j, dx, dy, dz)) {
                return false;
            }
        }
        return true;
    }

    private double shift(int[] image, int axis) {
        return image[0] * cell.get(0, axis) + image[1] * cell.get(1, axis) + image[2] * cell.get(2, axis);
    }

    private void findBin(int atom, int[] bin) {
        for (int v = 0; v < 3; v++) {
            double fraction = cell.fraction(v, positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]);
            bin[v] = bin(fraction, bins[v]);
        }
    }

    private static int bin(double fraction, int count) {
        // Rounding may put a wrapped atom a hair outside of [0, 1).
        return Math.max(0, Math.min(count - 1, (int) (fraction * count)));
    }
}
