// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import java.util.Arrays;

/**
 * A kept sample, as far as training needs it.
 *
 * @param index       its number in the dataset
 * @param source      its family
 * @param sourceIndex its number in the family
 * @param part        0 training, 1 validation, 2 test
 * @param porosity    by eq. (1) [%]
 * @param cut         whether the solid is cut apart, so that the tensor has exact zeros
 * @param constants   the thirteen [GPa]
 * @param cellBefore  as designed, rows a, b, c, nine numbers [Å]
 * @param cellAfter   of the minimum
 * @param designed    image before relaxation, bit-packed
 * @param relaxed     image of the minimum
 */
public record SlimSample(long index, String source, long sourceIndex, byte part, double porosity, boolean cut,
        float[] constants, double[] cellBefore, float[] cellAfter, byte[] designed, byte[] relaxed) {

    /** The rows of a cell one after the other. */
    public static double[] nine(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /** In single precision. */
    public static float[] single(double[] numbers) {
        float[] single = new float[numbers.length];
        for (int k = 0; k < single.length; k++) {
            single[k] = (float) numbers[k];
        }
        return single;
    }
}
