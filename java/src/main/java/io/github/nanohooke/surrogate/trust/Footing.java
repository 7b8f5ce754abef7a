// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

/**
 * What a bound on an error stands on: a calibration holds for structures like the samples that it rests on.
 *
 * @param known            whether nothing tells that the structure is none like them
 * @param cut              whether its solid is cut apart
 * @param spreadOfTraining root of the mean squared distance of the training constants from their mean [GPa]
 */
public record Footing(boolean known, boolean cut, double spreadOfTraining) {

    /** Of a prediction with that spread. */
    public Uncertainty uncertainty(Calibration calibration, AnswerSpread spread) {
        Uncertainty inside = calibration.uncertainty(spread);
        // Cut samples are others than whole ones.
        boolean calibrated = known && (!cut || calibration.cut() > 0);
        return calibrated ? inside : inside.outside(spreadOfTraining);
    }
}
