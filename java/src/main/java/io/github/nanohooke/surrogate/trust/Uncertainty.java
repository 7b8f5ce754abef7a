// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a prediction may be off.
 *
 * @param gpa       the largest error of the thirteen constants stays below, for {@code level} of the structures like
 *                  those that it was calibrated by [GPa]
 * @param constants the same of each constant by itself [GPa]
 * @param level     0 to 1
 * @param basis     what it rests on
 */
public record Uncertainty(double gpa, List<Double> constants, double level, Basis basis) {
    /** Standard deviations that no more than a few of the training constants lie from their mean. */
    private static final double PRIOR_DEVIATIONS = 2;

    /** What an uncertainty rests on. */
    public enum Basis {
        /** The errors of samples like this one. */
        CALIBRATED,
        /** There were none like this one: the network is taken to know no more than how its training data spread. */
        OUTSIDE
    }

    public Uncertainty {
        constants = List.copyOf(constants);
    }

    /**
     * What it is for an image that the network does not know.
     *
     * @param spreadOfTraining root of the mean squared distance of the training constants from their mean [GPa]
     */
    public Uncertainty outside(double spreadOfTraining) {
        double prior = PRIOR_DEVIATIONS * spreadOfTraining;
        return new Uncertainty(Math.max(gpa, prior), constants.stream().map(c -> Math.max(c, prior)).toList(), level,
                Basis.OUTSIDE);
    }

    /** The same of a prediction some of whose constants are exact. */
    public Uncertainty withExact(boolean[] exact) {
        List<Double> rest = IntStream.range(0, constants.size()).mapToObj(k -> exact[k] ? 0.0 : constants.get(k))
                .toList();
        return new Uncertainty(Collections.max(rest) == 0 ? 0 : gpa, rest, level, basis);
    }
}
