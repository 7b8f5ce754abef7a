// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import java.nio.FloatBuffer;

/**
 * Makes a convolution a matrix product. Every padded row is written out once for each column of the kernel, shifted by
 * it: [padded row][channel][kernel column][image][column]. The rows r ... r + kernel - 1 then lie one after the other
 * and are, without another copy, the matrix that the weights [output][kernel row][channel][kernel column] are
 * multiplied with to give row r of the result. That is kernel times the image in memory, where im2col takes kernel
 * squared.
 */
final class Expansion {
    private final int channels;
    private final int kernel;
    private final int height;
    private final int width;
    /** How far the kernel reaches to the left and above. */
    private final int before;
    private final boolean periodic;
    private final float[] zeros;

    Expansion(int channels, int kernel, int height, int width, int before, boolean periodic) {
        this.channels = channels;
        this.kernel = kernel;
        this.height = height;
        this.width = width;
        this.before = before;
        this.periodic = periodic;
        this.zeros = new float[width];
    }

    /** Floats for so many images. */
    long floats(int images) {
        return (long) (height + kernel - 1) * depth() * images * width;
    }

    /** Inner length of the product for one kernel row. */
    int depth() {
        return channels * kernel;
    }

    /** Inner length of the product. */
    int inner() {
        return kernel * depth();
    }

    void fill(FloatBuffer source, Plane plane, int images, FloatBuffer target) {
        int to = 0;
        for (int padded = 0; padded < height + kernel - 1; padded++) {
            int row = periodic ? Math.floorMod(padded - before, height) : padded - before;
            boolean inside = row >= 0 && row < height;
            for (int c = 0; c < channels; c++) {
                for (int j = 0; j < kernel; j++) {
                    for (int n = 0; n < images; n++) {
                        if (inside) {
                            shifted(source, plane.at(c, n, row), j - before, target, to);
                        } else {
                            target.put(to, zeros, 0, width);
                        }
                        to += width;
                    }
                }
            }
        }
    }

    /** target[s] = source[s + shift], beyond the row's ends zero or its repetition. */
    private void shifted(FloatBuffer source, int from, int shift, FloatBuffer target, int to) {
        if (periodic) {
            int start = Math.floorMod(shift, width);
            target.put(to, source, from + start, width - start);
            target.put(to + width - start, source, from, start);
            return;
        }
        int first = Math.min(width, Math.max(0, -shift));
        int last = Math.max(first, Math.min(width, width - shift));
        target.put(to, zeros, 0, first);
        if (last > first) { // where the kernel reaches further than the row is wide, nothing of it is seen
            target.put(to + first, source, from + first + shift, last - first);
        }
        target.put(to + last, zeros, 0, width - last);
    }
}
