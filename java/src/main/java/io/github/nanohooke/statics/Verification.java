// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * A second calculator's judgement of a tensor: LAMMPS' stress differences at the same minimum.
 *
 * @param method            who judged
 * @param outcome           how its own calculation, started from the minimum, ended
 * @param largestDifference largest |difference| of the 36 components [GPa]; NaN where it has no tensor
 * @param energyDifference  its energy minus the given one [eV]: not zero where it left the minimum
 * @param evaluations       its force evaluations
 * @param seconds           wall time [s]
 */
public record Verification(String method, Outcome outcome, double largestDifference, double energyDifference,
        long evaluations, double seconds) {
    /** The method that judges where the user says nothing else. */
    public static final String JUDGE = "lammps";
    /** Differences of stresses need a state that is relaxed further than the tensor itself asks for [eV/Å]. */
    private static final double FORCE_TOLERANCE = 1e-6;

    /**
     * @param result one with a tensor
     * @throws IllegalArgumentException when it has none
     */
    public static Verification of(ElasticCalculator judge, StaticsResult result, StaticsOptions options,
            StaticsProgress progress) {
        if (result.tensor() == null) {
            throw new IllegalArgumentException("there is no tensor to verify: " + result.explanation());
        }
        StaticsOptions tight = options.withForceTolerance(Math.min(FORCE_TOLERANCE, options.forceTolerance()));
        StaticsResult own = judge.calculate(result.relaxed(), tight, progress);
        double perAtom = result.energy() / result.relaxed().count();
        double ownPerAtom = own.energy() / own.relaxed().count();
        return new Verification(judge.method(), own.outcome(),
                own.tensor() == null ? Double.NaN : own.tensor().distance(result.tensor()),
                (ownPerAtom - perAtom) * result.relaxed().count(), own.evaluations(), own.seconds());
    }
}
