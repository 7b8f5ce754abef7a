// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.structure.Box;

/** Atoms in a cell of given shape, and what they answer to it. Knows forces and stresses, nothing of elasticity. */
interface StressOracle {

    /**
     * Atoms at rest, or as near as asked for.
     *
     * @param box       the cell
     * @param positions x, y, z of each atom in turn [Å], continuous: never wrapped into the cell
     * @param forces    x, y, z of the force on each atom in turn [eV/Å]
     * @param stress    11, 22, 33, 23, 13, 12 [GPa], tension positive
     * @param energy    potential energy [eV]
     */
    record State(Box box, double[] positions, double[] forces, double[] stress, double energy) {
        /** Largest force component [eV/Å]. */
        double maxForce() {
            return largest(forces);
        }

        /** Largest stress component [GPa]. */
        double maxStress() {
            return largest(stress);
        }

        private static double largest(double[] values) {
            double max = 0;
            for (double v : values) {
                max = Math.max(max, Math.abs(v));
            }
            return max;
        }
    }

    /** Stress and forces of the atoms where they are. */
    State evaluate(Box box, double[] positions);

    /**
     * Atoms relaxed in a fixed cell until the largest force component is below the tolerance [eV/Å], or the budget of
     * evaluations is spent, or no minimiser gets further: see {@link State#maxForce()}.
     */
    State relax(Box box, double[] positions, double forceTolerance);

    /** Force evaluations so far. */
    long evaluations();

    /** Whether the budget of evaluations is spent. */
    boolean exhausted();
}
