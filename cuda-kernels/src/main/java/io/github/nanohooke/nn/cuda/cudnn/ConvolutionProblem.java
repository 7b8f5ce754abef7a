// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import io.github.nanohooke.nn.Precision;

/**
 * One convolution as cuDNN sees it: cross-correlation without padding, of images that have been padded before. Layouts
 * are [image][channel][row][column] and [output][input][row][column].
 *
 * @param operation what is computed of the other two
 * @param batch     images
 * @param in        channels of x
 * @param out       channels of y
 * @param kernel    side of w
 * @param height    rows of y; x has kernel - 1 more
 * @param width     columns of y; x has kernel - 1 more
 * @param precision of the factors; sums are in single precision
 */
record ConvolutionProblem(Operation operation, int batch, int in, int out, int kernel, int height, int width,
        Precision precision) {

    /** y of x and w, or w's gradient of x and y's; that of x is the first with the weights turned around. */
    enum Operation { FORWARD, FILTER }

    long[] x() {
        return new long[] {batch, in, height + kernel - 1, width + kernel - 1};
    }

    long[] w() {
        return new long[] {out, in, kernel, kernel};
    }

    long[] y() {
        return new long[] {batch, out, height, width};
    }

    int elementBytes() {
        return precision == Precision.BF16 ? 2 : 4;
    }

    /** Bytes of a tensor of these sizes. */
    long bytes(long[] sizes) {
        return sizes[0] * sizes[1] * sizes[2] * sizes[3] * elementBytes();
    }

    /** Of dense tensors in row-major order. */
    static long[] strides(long[] sizes) {
        return new long[] {sizes[1] * sizes[2] * sizes[3], sizes[2] * sizes[3], sizes[3], 1};
    }
}
