// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.Arrays;

/** What an answer of the model of this name has to be: finite. */
record NetworkAnswers(String model) {

    /**
     * Of all constants.
     *
     * @param where the image, for the message
     */
    void requireFinite(double[] constants, String where) {
        for (int k = 0; k < constants.length; k++) {
            if (!Double.isFinite(constants[k])) {
                throw notFinite(ElasticConstants.names().get(k) + " of " + where);
            }
        }
    }

    /** Of the gradient of one constant. */
    void requireFinite(double[] gradient, int constant) {
        if (!Arrays.stream(gradient).allMatch(Double::isFinite)) {
            throw notFinite("the gradient of " + ElasticConstants.names().get(constant));
        }
    }

    /** That the constants of so many images have room. */
    static void requireRoom(int length, int images) {
        long wanted = (long) images * ElasticConstants.COUNT;
        if (length < wanted) {
            throw new IllegalArgumentException("the constants of " + images + " images are " + wanted
                    + " numbers, there is room for " + length);
        }
    }

    private SurrogateException notFinite(String what) {
        return new SurrogateException("model " + model + " gives no finite number for " + what + ": its parameters are "
                + "too large for single precision; train it again, or take an earlier checkpoint");
    }
}
