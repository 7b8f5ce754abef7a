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
    private final NearNeighbours near;
    private final double distance;

    private FirstShell(Atoms atoms, NearNeighbours near, double distance) {
        this.atoms = atoms;
        this.near = near;
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
            // The shell of whatever the nearest distance is: it is asked for next, and need not be looked for again.
            NearNeighbours near = new NearNeighbours(atoms, REACH * reach);
            double[] nearest = nearest(near, atoms.count(), reach * reach);
            if (2 * nearest.length > atoms.count()) {
                Arrays.sort(nearest);
                return Optional.of(new FirstShell(atoms, near, Math.sqrt(nearest[nearest.length / 2])));
            }
        }
        return Optional.empty();
    }

    /** Squares of the distance from each atom to its nearest neighbour, of those that have one within reach. */
    private static double[] nearest(NearNeighbours near, int atoms, double squaredReach) {
        double[] nearest = new double[atoms];
        int n = 0;
        for (int i = 0; i < atoms; i++) {
            if (near.nearestSquared(i) <= squaredReach) {
                nearest[n++] = near.nearestSquared(i);
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
        Lattice.Kind[] kinds = Lattice.Kind.values();
        double[] sums = new double[kinds.length];
        int[] found = new int[sums.length];
        double[] shell = new double[3 * MOST];
        for (int i = 0; i < atoms.count(); i++) {
            int count = near.within(REACH * distance, i, shell);
            if (count > MOST) {
                continue;
            }
            double[] lengths = lengths(shell, count);
            for (Lattice.Kind kind : kinds) {
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
                ? Optional.of(named(kinds[best], sums[best] / found[best])) : Optional.empty();
    }

    private static double[] lengths(double[] shell, int count) {
        double[] lengths = new double[count];
        for (int k = 0; k < count; k++) {
            lengths[k] = Math.sqrt(shell[3 * k] * shell[3 * k] + shell[3 * k + 1] * shell[3 * k + 1]
                    + shell[3 * k + 2] * shell[3 * k + 2]);
        }
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
        double[] sorted = sorted(lengths);
        return sorted[8] > BCC_GAP * sorted[7];
    }

    private static double constant(Lattice.Kind kind, double[] lengths) {
        return switch (kind) {
            case SC -> mean(lengths, 6);
            case DIAMOND -> mean(lengths, 4) * 4 / Math.sqrt(3);
            case BCC -> mean(sorted(lengths), 8) * 2 / Math.sqrt(3);
            case FCC -> mean(lengths, 12) * Math.sqrt(2);
        };
    }

    private static double[] sorted(double[] lengths) {
        double[] sorted = lengths.clone();
        Arrays.sort(sorted);
        return sorted;
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
