// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;

/**
 * LAMMPS' judgement of a tensor: its stress differences at the same minimum.
 *
 * @param method            who judged
 * @param outcome           how its own calculation, started from the minimum, ended
 * @param largestDifference largest |difference| of the 36 components [GPa]; NaN where it has no tensor
 * @param energyDifference  its energy minus the given one [eV]: not zero where it left the minimum
 * @param seconds           wall time [s]
 */
record Verification(String method, Outcome outcome, double largestDifference, double energyDifference,
        double seconds) {
    private static final String JUDGE = "lammps";
    /** Differences of stresses need a state that is relaxed further than the tensor itself asks for [eV/Å]. */
    private static final double FORCE_TOLERANCE = 1e-6;

    static Verification of(StaticsResult result, StaticsOptions options, StaticsProgress progress) {
        try (ElasticCalculator judge = ElasticCalculators.open(JUDGE)) {
            StaticsOptions tight = options.withForceTolerance(Math.min(FORCE_TOLERANCE, options.forceTolerance()));
            StaticsResult own = judge.calculate(result.relaxed(), tight, progress);
            double perAtom = result.energy() / result.relaxed().count();
            double ownPerAtom = own.energy() / own.relaxed().count();
            return new Verification(JUDGE, own.outcome(),
                    own.tensor() == null ? Double.NaN : own.tensor().distance(result.tensor()),
                    (ownPerAtom - perAtom) * result.relaxed().count(), own.seconds());
        }
    }
}
