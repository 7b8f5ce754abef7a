// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.tensor.ElasticConstants;
import java.util.Arrays;

/**
 * What tells how far a prediction may be off: how a network's answers for the eight orientations of one image, each
 * turned back, disagree, and how porous the image is. The array is the holder's.
 *
 * @param constants of each of the thirteen, root mean squared distance from the mean [GPa]
 * @param porosity  of the image [%]
 */
public record AnswerSpread(double[] constants, double porosity) {

    /** @throws IllegalArgumentException when there are not thirteen */
    public AnswerSpread {
        if (constants.length != ElasticConstants.COUNT) {
            throw new IllegalArgumentException("a spread has " + ElasticConstants.COUNT + " numbers, got "
                    + constants.length);
        }
    }

    /** That of the constant on which the answers agree least [GPa]. */
    double largest() {
        return Calibration.max(constants);
    }

    /** Root of the mean square of all [GPa]. */
    double rootMeanSquare() {
        return Math.sqrt(Arrays.stream(constants).map(s -> s * s).average().orElseThrow());
    }
}
