// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Arrays;
import java.util.Optional;

/** The nearest neighbours of atoms: how far they are apart, and which cubic lattice they tell of. */
public final class FirstShell {
    /**
     * Reach of the shell in units of the nearest distance: takes in bcc's second shell at 1.155 and leaves out fcc's
     * and sc's second at 1.414.
     */
    public static final double REACH = 1.25;

    /** Where the search for neighbours begins, and ends [Å]: no potential of a metal reaches that far. */
    private static final double FIRST_REACH = 3;
    private static final double LAST_REACH = 20;
    /** Share of the atoms that must have a lattice's shell: at 80 % porosity a third of the atoms still do. */
    private static final double LEAST_SHARE = 0.05;
    /** How far the cosine between two bonds may lie from the lattice's, and bcc's two shells must lie apart. */
    private static final double COSINE = 0.2;
    private static final double BCC_GAP = 1.07;
    private static final int MOST = 14;
    /** Aluminium this near to the constant of the paper counts as that. */
    private static final double SAME_CONSTANT = 0.02;

    private final Atoms atoms;
    private final double distance;

    private FirstShell(Atoms atoms, double distance) {
        this.atoms = atoms;
        this.distance = distance;
    }

    /** @throws StructureException when no two atoms are near each other */
    public static FirstShell of(Atoms atoms) {
        return find(atoms).orElseThrow(() -> new StructureException("most atoms have no other one within "
                + (int) LAST_REACH + " Å: this is no solid; lengths are in Å"));
    }

    /** How far the shell reaches [Å]; empty when no two atoms are near each other. */
    public static Optional<Double> reach(Atoms atoms) {
        return find(atoms).map(shell -> REACH * shell.distance);
    }

    private static Optional<FirstShell> find(Atoms atoms) {
        for (double reach = FIRST_REACH; reach <= LAST_REACH; reach *= 1.4) {
            double[] nearest = nearest(atoms, reach);
            if (2 * nearest.length > atoms.count()) {
                Arrays.sort(nearest);
                return Optional.of(new FirstShell(atoms, nearest[nearest.length / 2]));
            }
        }
        return Optional.empty();
    }

    /** Distance from each atom to its nearest neighbour, of those that have one within reach. */
    private static double[] nearest(Atoms atoms, double reach) {
        NeighbourGrid grid = new NeighbourGrid(atoms, reach);
        double[] nearest = new double[atoms.count()];
        int n = 0;
        double[] least = new double[1];
        for (int i = 0; i < atoms.count(); i++) {
            least[0] = Double.POSITIVE_INFINITY;
            grid.visit(i, (other, dx, dy, dz) -> {
                least[0] = Math.min(least[0], dx * dx + dy * dy + dz * dz);
                return true;
            });
            if (least[0] < Double.POSITIVE_INFINITY) {
                nearest[n++] = Math.sqrt(least[0]);
            }
        }
        return Arrays.copyOf(nearest, n);
    }

    /** From an atom to its nearest neighbour [Å], the median over all atoms. */
    public double distance() {
        return distance;
    }

    /** See {@link Lattice#of(Atoms)}. */
    Optional<Lattice> lattice() {
        double[] sums = new double[Lattice.Kind.values().length];
        int[] found = new int[sums.length];
        NeighbourGrid grid = new NeighbourGrid(atoms, REACH * distance);
        double[] shell = new double[3 * MOST];
        for (int i = 0; i < atoms.count(); i++) {
            int count = grid.neighbours(i, shell);
            if (count > MOST) {
                continue;
            }
            double[] lengths = lengths(shell, count);
            for (Lattice.Kind kind : Lattice.Kind.values()) {
                if (isShellOf(kind, shell, lengths)) {
                    found[kind.ordinal()]++;
                    sums[kind.ordinal()] += constant(kind, lengths);
                }
            }
        }
        int best = 0;
        for (int k = 1; k < found.length; k++) {
            best = found[k] > found[best] ? k : best;
        }
        return found[best] >= LEAST_SHARE * atoms.count() && found[best] > 0
                ? Optional.of(named(Lattice.Kind.values()[best], sums[best] / found[best])) : Optional.empty();
    }

    private static double[] lengths(double[] shell, int count) {
        double[] lengths = new double[count];
        Arrays.setAll(lengths, k -> Math.sqrt(shell[3 * k] * shell[3 * k] + shell[3 * k + 1] * shell[3 * k + 1]
                + shell[3 * k + 2] * shell[3 * k + 2]));
        return lengths;
    }

    private static boolean isShellOf(Lattice.Kind kind, double[] shell, double[] lengths) {
        return switch (kind) {
            case SC -> lengths.length == 6 && hasAngles(shell, lengths, 0, -1);
            case DIAMOND -> lengths.length == 4 && hasAngles(shell, lengths, -1.0 / 3, -1.0 / 3);
            case BCC -> lengths.length == 14 && hasGap(lengths);
            case FCC -> lengths.length == 12
                    && CommonNeighbours.isFcc(shell, Math.pow(CommonNeighbours.fccCutoff(constant(kind, lengths)), 2));
        };
    }

    /** Whether every two bonds enclose one of two angles. */
    private static boolean hasAngles(double[] shell, double[] lengths, double one, double other) {
        for (int j = 0; j < lengths.length; j++) {
            for (int k = 0; k < j; k++) {
                double cosine = (shell[3 * j] * shell[3 * k] + shell[3 * j + 1] * shell[3 * k + 1]
                        + shell[3 * j + 2] * shell[3 * k + 2]) / (lengths[j] * lengths[k]);
                if (Math.abs(cosine - one) > COSINE && Math.abs(cosine - other) > COSINE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Eight short bonds and six longer ones. */
    private static boolean hasGap(double[] lengths) {
        double[] sorted = lengths.clone();
        Arrays.sort(sorted);
        return sorted[8] > BCC_GAP * sorted[7];
    }

    private static double constant(Lattice.Kind kind, double[] lengths) {
        double[] sorted = lengths.clone();
        Arrays.sort(sorted);
        return switch (kind) {
            case SC -> mean(sorted, 6);
            case DIAMOND -> mean(sorted, 4) * 4 / Math.sqrt(3);
            case BCC -> mean(sorted, 8) * 2 / Math.sqrt(3);
            case FCC -> mean(sorted, 12) * Math.sqrt(2);
        };
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += values[k];
        }
        return sum / count;
    }

    private Lattice named(Lattice.Kind kind, double constant) {
        int[] count = new int[atoms.elements().size()];
        int most = 0;
        for (int i = 0; i < atoms.count(); i++) {
            count[atoms.type(i)]++;
            most = count[atoms.type(i)] > count[most] ? atoms.type(i) : most;
        }
        Lattice told = new Lattice(atoms.elements().get(most), kind, constant);
        Lattice known = Lattice.aluminium();
        return told.element().equals(known.element()) && kind == known.kind()
                && Math.abs(constant / known.constant() - 1) < SAME_CONSTANT ? known : told;
    }
}
