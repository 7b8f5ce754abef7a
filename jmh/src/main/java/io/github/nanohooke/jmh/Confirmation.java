// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;

/**
 * The fast route's tensor against LAMMPS' stress differences at its minimum, at finer strains than the usual.
 *
 * @param position   place in the stratified list
 * @param strain     at which they differ least
 * @param difference of a component there, the largest [GPa]
 */
public record Confirmation(long position, double strain, double difference) {
    /** What the usual strain is divided by in turn, until the two agree. */
    private static final double[] LADDER = {4, 8, 16, 32};

    static Confirmation of(long position, StaticsResult fast, ElasticCalculator judge) {
        StaticsOptions options = StaticsOptions.defaults();
        Confirmation best = new Confirmation(position, Double.NaN, Double.POSITIVE_INFINITY);
        for (double divisor : LADDER) {
            double strain = options.strain() / divisor;
            double difference = Verification.of(judge, fast, options.withStrain(strain), StaticsProgress.SILENT)
                    .largestDifference();
            if (difference < best.difference) {
                best = new Confirmation(position, strain, difference);
            }
            if (best.difference <= Verdict.SAME_TENSOR) {
                break;
            }
        }
        return best;
    }
}
