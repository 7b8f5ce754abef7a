// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * Shape of one image's values between two layers, stored [channel][row][column]. A vector of n values is n x 1 x 1.
 *
 * @param channels at least 1
 * @param height   rows, at least 1
 * @param width    columns, at least 1
 */
public record Shape(int channels, int height, int width) {

    /** @throws NetworkException when a side is not positive, or the values do not fit into a Java array */
    public Shape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new NetworkException("a shape needs positive sides, got " + text(channels, height, width));
        }
        if ((double) channels * height * width > Integer.MAX_VALUE - 8) {
            throw new NetworkException("shape " + text(channels, height, width) + " has more values than an array can "
                    + "hold; use fewer channels or smaller images");
        }
    }

    /** A vector. */
    public static Shape vector(int values) {
        return new Shape(values, 1, 1);
    }

    /** Number of values. */
    public int size() {
        return channels * height * width;
    }

    /** Bytes of one image of this shape at one bit a pixel, rows padded to whole bytes ({@link ImageBatch#bits}). */
    public int packedBytes() {
        return height * ((width + 7) / 8);
    }

    @Override
    public String toString() {
        return text(channels, height, width);
    }

    private static String text(int channels, int height, int width) {
        return channels + "x" + height + "x" + width;
    }
}
