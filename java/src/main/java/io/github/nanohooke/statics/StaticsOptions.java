// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.statics.potential.Potential;

/**
 * Everything that decides what a calculator does with given atoms. Change one with the {@code with...} methods:
 * {@code StaticsOptions.defaults().withStrain(1e-5)}.
 *
 * @param potential       interatomic potential
 * @param forceTolerance  largest force component allowed at the minimum [eV/Å]
 * @param stressTolerance largest stress component allowed at the minimum [GPa]
 * @param strain          size of the central strain differences; routes with exact derivatives do not use it
 * @param strains         whether that size alone is measured with, or smaller ones until two agree
 * @param maxEvaluations  force evaluations after which a relaxation gives up
 * @param minimiser       how the descent from the start is made, by routes that leave it to LAMMPS
 * @param periods         periods along z that an extruded structure may take, for routes that decide it
 * @param dropIslands     whether atoms that are not connected to the percolating solid are removed first, by routes
 *                        that find them
 * @param seed            seed of every perturbation that a route may need
 * @param tables          what to make of the jumps in a tabulated potential's second derivatives, by routes that use
 *                        them
 */
public record StaticsOptions(
        Potential potential,
        double forceTolerance,
        double stressTolerance,
        double strain,
        Strains strains,
        int maxEvaluations,
        Minimiser minimiser,
        Periods periods,
        boolean dropIslands,
        long seed,
        Tables tables) {

    /** Second derivatives of tabulated potentials, which jump at the tables' knots. */
    public enum Tables {
        /** As the tables have them where the atoms are, and no more. */
        SHARP,
        /** The same, and how much averages over r (1 ± 0.003) would change the tensor. */
        COMPARED,
        /** The averages make the tensor; the sharp one is told beside it. */
        SMOOTH
    }

    /** Sizes of the stress-difference route's strains. */
    public enum Strains {
        /** One: what is timed, and what datasets are made with. */
        ONE,
        /** Each a quarter of the one before, three at most, until two give the same tensor within 0.01 GPa. */
        CONVERGED
    }

    /** Descent methods of the stress-difference route. */
    public enum Minimiser {
        /** Conjugate gradients, then FIRE until the force tolerance holds: the paper's combination. */
        CG_FIRE,
        /** Conjugate gradients alone. */
        CG,
        /** FIRE (damped dynamics) alone. */
        FIRE,
        /**
         * The paper's combination until forces are small, then preconditioned L-BFGS on atoms and cell together
         * (Packwood et al., J. Chem. Phys. 144, 164109, 2016): nearly always the same minimum, for a sixteenth of
         * the evaluations on random structures. Leaves saddles on which the others may end.
         */
        PRECONDITIONED
    }

    /** Lattice cells along z over which the minimum of an extruded structure may repeat. */
    public enum Periods {
        /** One cell where the k_z = 1/3 certificate shows that three give the same; three where it fails. */
        AUTO,
        /** One cell, whatever the certificate says; it is still reported. */
        ONE,
        /** One cell; where the certificate fails the outcome is {@link Outcome#UNSTABLE}. */
        CERTIFIED,
        /** Three cells. */
        THREE;

        /** Whether what is stacked three times along z is taken as one cell first. */
        public boolean startsWithOne() {
            return this == AUTO || this == CERTIFIED;
        }
    }

    /** @throws IllegalArgumentException when a tolerance, the strain or the limit is not positive */
    public StaticsOptions {
        requirePositive("force tolerance", forceTolerance, "eV/Å");
        requirePositive("stress tolerance", stressTolerance, "GPa");
        requirePositive("strain", strain, "");
        if (strain > 0.01) {
            throw new IllegalArgumentException("strain " + strain + " is no small strain; use at most 0.01");
        }
        if (maxEvaluations < 1) {
            throw new IllegalArgumentException("at least one evaluation is needed, got " + maxEvaluations);
        }
    }

    /** Mishin 1999 aluminium and the tolerances of the table of defaults in docs/statics.md. */
    public static StaticsOptions defaults() {
        return new StaticsOptions(Potential.mishin1999(), 1e-5, 1e-5, 2e-5, Strains.CONVERGED, 100_000,
                Minimiser.CG_FIRE, Periods.AUTO, false, 1, Tables.COMPARED);
    }

    public StaticsOptions withPotential(Potential value) {
        return new StaticsOptions(value, forceTolerance, stressTolerance, strain, strains, maxEvaluations, minimiser,
                periods, dropIslands, seed, tables);
    }

    public StaticsOptions withForceTolerance(double value) {
        return new StaticsOptions(potential, value, stressTolerance, strain, strains, maxEvaluations, minimiser,
                periods, dropIslands, seed, tables);
    }

    public StaticsOptions withStressTolerance(double value) {
        return new StaticsOptions(potential, forceTolerance, value, strain, strains, maxEvaluations, minimiser, periods,
                dropIslands, seed, tables);
    }

    /** Measures with that strain alone. */
    public StaticsOptions withStrain(double value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, value, Strains.ONE, maxEvaluations,
                minimiser, periods, dropIslands, seed, tables);
    }

    public StaticsOptions withStrains(Strains value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, value, maxEvaluations, minimiser,
                periods, dropIslands, seed, tables);
    }

    public StaticsOptions withMaxEvaluations(int value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, value, minimiser,
                periods, dropIslands, seed, tables);
    }

    public StaticsOptions withMinimiser(Minimiser value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, maxEvaluations, value,
                periods, dropIslands, seed, tables);
    }

    public StaticsOptions withPeriods(Periods value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, maxEvaluations,
                minimiser, value, dropIslands, seed, tables);
    }

    public StaticsOptions withDropIslands(boolean value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, maxEvaluations,
                minimiser, periods, value, seed, tables);
    }

    public StaticsOptions withSeed(long value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, maxEvaluations,
                minimiser, periods, dropIslands, value, tables);
    }

    public StaticsOptions withTables(Tables value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, strains, maxEvaluations,
                minimiser, periods, dropIslands, seed, value);
    }

    private static void requirePositive(String what, double value, String unit) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be positive, got " + value + " " + unit);
        }
    }
}
