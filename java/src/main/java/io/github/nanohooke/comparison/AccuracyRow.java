// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

/**
 * One tensor of the fast route against stress differences at its minimum.
 *
 * @param index              the structure's number under the plan's seed
 * @param porosity           by eq. (1) [%]; NaN where the structure could not be made
 * @param atoms              of the relaxed cell
 * @param cells              cells along z that the minimum has; 0 where there is none
 * @param end                outcome of the fast route, or FAILED where it could not be carried out
 * @param difference         largest |difference| of a component at the plan's strain [GPa]; NaN without tensors
 * @param energyDifference   energy of the judge's minimum minus the given one [eV]
 * @param leastDifference    the smallest that any strain of the ladder gave [GPa]
 * @param leastStrain        that strain
 * @param judgeEvaluations   force evaluations of the judge at the plan's strain
 * @param fastCpuSeconds     CPU time of the fast route, relaxation and certificate included [s]; NaN where it failed
 * @param judgeCpuSeconds    CPU time of the judge at the plan's strain, its own short relaxation included [s];
 *                           NaN where it was not asked or failed
 * @param reason             why the difference is above the claim, or there is none; empty where it is within
 */
public record AccuracyRow(
        long index,
        double porosity,
        int atoms,
        int cells,
        String end,
        double difference,
        double energyDifference,
        double leastDifference,
        double leastStrain,
        long judgeEvaluations,
        double fastCpuSeconds,
        double judgeCpuSeconds,
        String reason) {

    /** The claim: largest |difference| of any component where both are at one minimum [GPa]. */
    public static final double CLAIM = 0.01;

    /** A row without a judgement. */
    static AccuracyRow notJudged(long index, double porosity, int atoms, int cells, String end,
            double fastCpuSeconds, String reason) {
        return new AccuracyRow(index, porosity, atoms, cells, end, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0,
                fastCpuSeconds, Double.NaN, reason);
    }
}
