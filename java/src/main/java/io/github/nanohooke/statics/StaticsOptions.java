// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * Everything that decides what a calculator does with given atoms. Change one with the {@code with...} methods:
 * {@code StaticsOptions.defaults().withStrain(1e-5)}.
 *
 * @param potential       interatomic potential
 * @param forceTolerance  largest force component allowed at the minimum [eV/Å]
 * @param stressTolerance largest stress component allowed at the minimum [GPa]
 * @param strain          size of the central strain differences; routes with exact derivatives do not use it
 * @param maxEvaluations  force evaluations after which a relaxation gives up
 * @param minimiser       how the descent from the start is made
 * @param seed            seed of every perturbation that a route may need
 */
public record StaticsOptions(
        Potential potential,
        double forceTolerance,
        double stressTolerance,
        double strain,
        int maxEvaluations,
        Minimiser minimiser,
        long seed) {

    /** Descent methods of the stress-difference route. */
    public enum Minimiser {
        /** Conjugate gradients, then FIRE until the force tolerance holds: the paper's combination. */
        CG_FIRE,
        /** Conjugate gradients alone. */
        CG,
        /** FIRE (damped dynamics) alone. */
        FIRE
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

    /** Mishin 1999 aluminium and the tolerances of the README's table of defaults. */
    public static StaticsOptions defaults() {
        return new StaticsOptions(Potential.mishin1999(), 1e-5, 1e-5, 2e-5, 100_000, Minimiser.CG_FIRE, 1);
    }

    public StaticsOptions withPotential(Potential value) {
        return new StaticsOptions(value, forceTolerance, stressTolerance, strain, maxEvaluations, minimiser, seed);
    }

    public StaticsOptions withForceTolerance(double value) {
        return new StaticsOptions(potential, value, stressTolerance, strain, maxEvaluations, minimiser, seed);
    }

    public StaticsOptions withStressTolerance(double value) {
        return new StaticsOptions(potential, forceTolerance, value, strain, maxEvaluations, minimiser, seed);
    }

    public StaticsOptions withStrain(double value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, value, maxEvaluations, minimiser, seed);
    }

    public StaticsOptions withMaxEvaluations(int value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, value, minimiser, seed);
    }

    public StaticsOptions withMinimiser(Minimiser value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, maxEvaluations, value, seed);
    }

    public StaticsOptions withSeed(long value) {
        return new StaticsOptions(potential, forceTolerance, stressTolerance, strain, maxEvaluations, minimiser, value);
    }

    private static void requirePositive(String what, double value, String unit) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be positive, got " + value + " " + unit);
        }
    }
}
