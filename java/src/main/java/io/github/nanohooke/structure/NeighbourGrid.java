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
    private final int[] binOf;
    /** Where the atoms of each bin begin in {@link #sorted}. */
    private final int[] start;
    /** Atoms bin by bin, in their order, and where they are: a search runs through memory from end to end. */
    private final int[] sorted;
    private final double[] x;
    private final double[] y;
    private final double[] z;

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
        int count = atoms.count();
        binOf = new int[count];
        start = new int[bins[0] * bins[1] * bins[2] + 1];
        for (int i = 0; i < count; i++) {
            binOf[i] = binOf(i);
            start[binOf[i] + 1]++;
        }
        for (int bin = 1; bin < start.length; bin++) {
            start[bin] += start[bin - 1];
        }
        sorted = new int[count];
        x = new double[count];
        y = new double[count];
        z = new double[count];
        int[] free = start.clone();
        for (int i = 0; i < count; i++) {
            int place = free[binOf[i]]++;
            sorted[place] = i;
            x[place] = positions[3 * i];
            y[place] = positions[3 * i + 1];
            z[place] = positions[3 * i + 2];
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
        int found = 0;
        for (Run run = new Run(atom); run.next();) {
            for (int k = run.from; k < run.to; k++) {
                double dx = x[k] + run.x;
                double dy = y[k] + run.y;
                double dz = z[k] + run.z;
                if (dx * dx + dy * dy + dz * dz <= squaredCutoff && !(run.home && sorted[k] == atom)) {
                    if (found == most) {
                        return most + 1;
                    }
                    displacements[3 * found] = dx;
                    displacements[3 * found + 1] = dy;
                    displacements[3 * found++ + 2] = dz;
                }
            }
        }
        return found;
    }

    /** Square of the distance to the nearest neighbour [Å²]; infinite where there is none within the cutoff. */
    double nearestSquared(int atom) {
        double least = Double.POSITIVE_INFINITY;
        for (Run run = new Run(atom); run.next();) {
            for (int k = run.from; k < run.to; k++) {
                double dx = x[k] + run.x;
                double dy = y[k] + run.y;
                double dz = z[k] + run.z;
                double square = dx * dx + dy * dy + dz * dz;
                if (square < least && !(run.home && sorted[k] == atom)) {
                    least = square;
                }
            }
        }
        return least <= squaredCutoff ? least : Double.POSITIVE_INFINITY;
    }

    /** Tells of the neighbours of an atom, each periodic image by itself, the atom itself not. */
    public void visit(int atom, Visitor visitor) {
        for (Run run = new Run(atom); run.next();) {
            for (int k = run.from; k < run.to; k++) {
                double dx = x[k] + run.x;
                double dy = y[k] + run.y;
                double dz = z[k] + run.z;
                if (dx * dx + dy * dy + dz * dz <= squaredCutoff && !(run.home && sorted[k] == atom)
                        && !visitor.visit(sorted[k], dx, dy, dz)) {
                    return;
                }
            }
        }
    }

    /** What is told of each pair of neighbours. */
    @FunctionalInterface
    interface Pairs {
        /** As {@link Visitor#visit}, where the pair seen from the other atom is not told. */
        void visit(int atom, int neighbour, double dx, double dy, double dz);
    }

    /** Tells of all neighbours, each two once: half of the work. An atom and its own image are a pair too. */
    void pairs(Pairs visitor) {
        for (int place = 0; place < sorted.length; place++) {
            int atom = sorted[place];
            for (Run run = new Run(atom, place); run.next();) {
                for (int k = run.from; k < run.to; k++) {
                    double dx = x[k] + run.x;
                    double dy = y[k] + run.y;
                    double dz = z[k] + run.z;
                    if (dx * dx + dy * dy + dz * dz <= squaredCutoff) {
                        visitor.visit(atom, sorted[k], dx, dy, dz);
                    }
                }
            }
        }
    }

    /** The bins around an atom, row by row: of each row those that follow each other in one image of the cell. */
    private final class Run {
        private final int atom;
        private final int[] centre = new int[3];
        private int kx;
        private int ky;
        private int kz;
        /** Places in {@link #sorted}. */
        private int from;
        private int to;
        /** What takes an atom of the run to its displacement from the atom. */
        private double x;
        private double y;
        private double z;
        /** Whether the atom itself may be in it. */
        private boolean home;
        /** Places up to this one of the first run are left out. */
        private int skipped = -1;

        Run(int atom) {
            this.atom = atom;
            int bin = binOf[atom];
            centre[0] = bin % bins[0];
            centre[1] = bin / bins[0] % bins[1];
            centre[2] = bin / bins[0] / bins[1];
            kx = centre[0] - range[0];
            ky = centre[1] - range[1];
            kz = centre[2] - range[2];
        }

        /** The half of them that follow the atom's own bin, and the atoms that follow it there. */
        Run(int atom, int place) {
            this(atom);
            kx = centre[0];
            ky = centre[1];
            kz = centre[2];
            skipped = place;
        }

        /** Moves to the next run, the first one at first; false where there is none. */
        boolean next() {
            if (kx > centre[0] + range[0]) {
                kx = centre[0] - range[0];
                if (++ky > centre[1] + range[1]) {
                    ky = centre[1] - range[1];
                    kz++;
                }
            }
            if (kz > centre[2] + range[2]) {
                return false;
            }
            int ix = image(kx, bins[0]);
            int iy = image(ky, bins[1]);
            int iz = image(kz, bins[2]);
            int row = ((kz - iz * bins[2]) * bins[1] + ky - iy * bins[1]) * bins[0];
            int last = Math.min(centre[0] + range[0] - ix * bins[0], bins[0] - 1);
            from = Math.max(start[row + kx - ix * bins[0]], skipped + 1);
            skipped = -1;
            to = start[row + last + 1];
            kx = ix * bins[0] + last + 1;
            x = shift(ix, iy, iz, 0) - positions[3 * atom];
            y = shift(ix, iy, iz, 1) - positions[3 * atom + 1];
            z = shift(ix, iy, iz, 2) - positions[3 * atom + 2];
            home = ix == 0 && iy == 0 && iz == 0;
            return true;
        }
    }

    /** In which image of the cell a bin lies; a division only where it is not the cell itself. */
    private static int image(int bin, int count) {
        return bin >= 0 && bin < count ? 0 : Math.floorDiv(bin, count);
    }

    private double shift(int ix, int iy, int iz, int axis) {
        return ix * cell.get(0, axis) + iy * cell.get(1, axis) + iz * cell.get(2, axis);
    }

    private int binOf(int atom) {
        int[] at = new int[3];
        for (int v = 0; v < 3; v++) {
            at[v] = bin(cell.fraction(v, positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]),
                    bins[v]);
        }
        return (at[2] * bins[1] + at[1]) * bins[0] + at[0];
    }

    private static int bin(double fraction, int count) {
        // Rounding may put a wrapped atom a hair outside of [0, 1).
        return Math.max(0, Math.min(count - 1, (int) (fraction * count)));
    }
}
