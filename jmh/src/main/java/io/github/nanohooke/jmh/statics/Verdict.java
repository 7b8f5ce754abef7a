// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.statics.Outcome;
import java.util.Locale;

/** Whether a LAMMPS route's tensor is the fast route's, and if not, why the two may differ. */
enum Verdict {
    /** The same tensor: the ratio of times is one of equal work. */
    SAME,
    /** A route ended without a stable, converged tensor. */
    NO_TENSOR,
    /** The fast route's certificate asked for three cells, the other route was given one. */
    OTHER_PERIOD,
    /** Energies tell two minima apart. */
    OTHER_MINIMUM,
    /**
     * The fast route's tensor is confirmed at its own minimum by LAMMPS' stress differences at a finer strain: the
     * slow route's wider strain, or what stress it left, crossed knots of the tabulated potential, where its second
     * derivative jumps. Larger differences than {@link #KNOTS_AT_MOST} are no work of knots.
     */
    KNOTS,
    /** None of these: one of the two is wrong. */
    WRONG;

    /** Tensors that differ by no more in any component count as the same [GPa]. */
    static final double SAME_TENSOR = 0.02;
    /** What knots have been seen to do, with some room [GPa]. */
    static final double KNOTS_AT_MOST = 0.2;
    /** Energies per lattice cell along z that differ by no more are those of one minimum [eV]. */
    static final double SAME_ENERGY = 1e-4;

    /** @param confirmation of the fast route's tensor; null where none was asked for */
    static Verdict of(TensorRow fast, TensorRow other, Confirmation confirmation) {
        String stable = Outcome.STABLE.name();
        if (!fast.outcome().equals(stable) || !other.outcome().equals(stable)) {
            return NO_TENSOR;
        }
        double distance = fast.distance(other);
        if (distance <= SAME_TENSOR) {
            return SAME;
        }
        if (Double.isNaN(distance)) {
            return WRONG;
        }
        if (fast.cells() > other.cells()) {
            return OTHER_PERIOD;
        }
        if (Math.abs(fast.energy() - other.energy()) > SAME_ENERGY) {
            return OTHER_MINIMUM;
        }
        boolean knots = distance <= KNOTS_AT_MOST && confirmation != null && confirmation.confirms(fast);
        return knots ? KNOTS : WRONG;
    }

    /** For tables. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
