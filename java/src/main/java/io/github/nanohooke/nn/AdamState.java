// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * State of the Adam optimiser (Kingma and Ba, arXiv 1412.6980). Together with the parameters it restores a training run
 * to the bit. The arrays are the holder's own.
 *
 * @param first  moving average of the gradient, one value per parameter
 * @param second moving average of its square
 * @param step   number of steps taken
 */
public record AdamState(float[] first, float[] second, long step) {

    /** @throws IllegalArgumentException when the arrays differ in length or the step is negative */
    public AdamState {
        if (first.length != second.length) {
            throw new IllegalArgumentException("Adam's moments differ in length: " + first.length + " and "
                    + second.length);
        }
        if (step < 0) {
            throw new IllegalArgumentException("Adam's step count cannot be negative, got " + step);
        }
    }

    /** The state before the first step. */
    public static AdamState initial(int parameters) {
        return new AdamState(new float[parameters], new float[parameters], 0);
    }
}
