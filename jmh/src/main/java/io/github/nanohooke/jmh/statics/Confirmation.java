// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.Verification;

/**
 * The fast route's tensor against LAMMPS' stress differences at its minimum, at finer strains than the usual.
 *
 * @param position   place in the stratified list
 * @param tensor     that was judged, 36 components [GPa]
 * @param strain     at which the two differ least; NaN where LAMMPS had no converged tensor at that minimum
 * @param difference of a component there, the largest [GPa]; infinite where there is none
 */
public record Confirmation(long position, double[] tensor, double strain, double difference) {
    /** What the usual strain is divided by in turn, until the two agree. */
    private static final double[] LADDER = {4, 8, 16, 32};
    /** A judge whose energy differs by more has left the minimum [eV]. */
    private static final double LEFT = 1e-5;
    /** The same tensor, calculated again [GPa]. */
    private static final double ROUNDING = 1e-3;

    static Confirmation of(long position, StaticsResult fast, ElasticCalculator judge) {
        StaticsOptions options = Timed.STATICS;
        Confirmation best = new Confirmation(position, TensorRow.flat(fast), Double.NaN, Double.POSITIVE_INFINITY);
        for (double divisor : LADDER) {
            double strain = options.strain() / divisor;
            double difference = difference(fast, judge, options.withStrain(strain));
            if (difference < best.difference) {
                best = new Confirmation(position, best.tensor, strain, difference);
            }
            if (best.difference <= Verdict.SAME_TENSOR) {
                break;
            }
        }
        return best;
    }

    /** Infinite where the judge fails, does not converge, or leaves the minimum: it then says nothing. */
    private static double difference(StaticsResult fast, ElasticCalculator judge, StaticsOptions options) {
        try {
            Verification judged = Verification.of(judge, fast, options, StaticsProgress.SILENT);
            boolean counts = judged.outcome() == Outcome.STABLE && Math.abs(judged.energyDifference()) <= LEFT;
            return counts ? judged.largestDifference() : Double.POSITIVE_INFINITY;
        } catch (MissingLibraryException e) {
            throw e;
        } catch (NanohookeException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Whether this is about the tensor of that row, and in its favour. */
    boolean confirms(TensorRow fast) {
        return isOf(fast) && difference <= Verdict.SAME_TENSOR;
    }

    /** Whether this is about the tensor of that row: another kernel's needs another judgement. */
    boolean isOf(TensorRow fast) {
        return TensorRow.distance(tensor, fast.tensor()) <= ROUNDING;
    }
}
