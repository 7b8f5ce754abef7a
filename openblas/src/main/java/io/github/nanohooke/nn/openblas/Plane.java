// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

/**
 * How images lie in memory: pixel (row, column) of a channel of an image is at offset + channel * channels +
 * image * images + row * rows + column.
 */
record Plane(int offset, int channels, int images, int rows) {

    /** One image after the other, as callers and dense layers have them; from the image {@code first}. */
    static Plane imageByImage(int channels, int height, int width, int first) {
        int size = channels * height * width;
        return new Plane(first * size, height * width, size, width);
    }

    /** The same row of all images of a chunk side by side, as products make them. */
    static Plane rowByRow(int height, int width, int images) {
        return new Plane(0, height * images * width, width, images * width);
    }

    int at(int channel, int image, int row) {
        return offset + channel * channels + image * images + row * rows;
    }
}
