// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * Images for one call of a {@link NetworkSession}, in an array that stays the caller's and is only read.
 *
 * <p>{@link Bits} is the format of binary images: one channel, one bit a pixel, pixel (row, column) of an image in bit
 * column % 8 (least significant first) of byte row * ((columns + 7) / 8) + column / 8; a set bit counts as 1, a clear
 * one as 0. That is the order of {@link java.util.BitSet#toByteArray} for widths that are multiples of 8. An image of
 * 256 x 256 pixels takes 8192 bytes.
 */
public sealed interface ImageBatch {

    /** Number of images. */
    int count();

    /** Binary images; see {@link ImageBatch}. */
    static ImageBatch bits(int count, byte[] data) {
        return new Bits(count, data);
    }

    /** Images of any values, [image][channel][row][column]. */
    static ImageBatch floats(int count, float[] data) {
        return new Floats(count, data);
    }

    /**
     * Binary images.
     *
     * @param count number of images
     * @param data  at least count * {@link Shape#packedBytes()} bytes
     */
    record Bits(int count, byte[] data) implements ImageBatch {
    }

    /**
     * Images of any values.
     *
     * @param count number of images
     * @param data  at least count * {@link Shape#size()} values
     */
    record Floats(int count, float[] data) implements ImageBatch {
    }
}
