// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Shape;
import java.nio.FloatBuffer;

/**
 * What follows a convolution: its bias, an optional ReLU and an optional 2 x 2 maximum, from a product's rows to images
 * one after the other. For the way back it keeps, for every result, which of the four made it.
 */
final class Pooling {
    /** No input made the result: the ReLU was off. */
    private static final byte NONE = 4;

    private final Shape in;
    private final boolean relu;
    private final int side;
    private final byte[] chosen;

    /** @param in shape of the convolution's result for one image */
    Pooling(Shape in, boolean relu, boolean pool, int maxBatch, boolean training, Memory memory) {
        this.in = in;
        this.relu = relu;
        this.side = pool ? 2 : 1;
        this.chosen = memory.bytes(training ? (long) maxBatch * outSize() : 0);
    }

    private int outHeight() {
        return in.height() / side;
    }

    private int outWidth() {
        return in.width() / side;
    }

    private int outSize() {
        return in.channels() * outHeight() * outWidth();
    }

    void forward(FloatBuffer product, int images, float[] parameters, int biases, FloatBuffer y, int first,
            boolean keep) {
        Plane rows = Plane.rowByRow(in.height(), in.width(), images);
        int to = first * outSize();
        for (int n = 0; n < images; n++) {
            for (int c = 0; c < in.channels(); c++) {
                float bias = parameters[biases + c];
                for (int row = 0; row < outHeight(); row++) {
                    int from = rows.at(c, n, row * side);
                    for (int column = 0; column < outWidth(); column++) {
                        int which = side == 1 ? 0 : largest(product, from + 2 * column, rows.rows(), bias);
                        float value = product.get(from + side * column + place(which, rows.rows())) + bias;
                        boolean off = relu && value <= 0;
                        y.put(to, off ? 0 : value);
                        if (keep) {
                            chosen[to] = off ? NONE : (byte) which;
                        }
                        to++;
                    }
                }
            }
        }
    }

    private static int place(int which, int rowStride) {
        return (which >> 1) * rowStride + (which & 1);
    }

    /** Which of a block of four is the largest, the first among equals; a NaN counts as largest. */
    private static int largest(FloatBuffer product, int corner, int rowStride, float bias) {
        int best = 0;
        float most = product.get(corner) + bias;
        for (int which = 1; which < 4; which++) {
            float value = product.get(corner + place(which, rowStride)) + bias;
            if (value > most || Float.isNaN(value)) {
                best = which;
                most = value;
            }
        }
        return best;
    }

    /**
     * @param dProduct zero where no result comes from; receives the derivatives
     * @param dBiases  to which the derivatives by the biases are added
     */
    void backward(FloatBuffer dy, int first, int images, FloatBuffer dProduct, double[] dBiases) {
        Plane rows = Plane.rowByRow(in.height(), in.width(), images);
        int from = first * outSize();
        for (int n = 0; n < images; n++) {
            for (int c = 0; c < in.channels(); c++) {
                double sum = 0;
                for (int row = 0; row < outHeight(); row++) {
                    int corner = rows.at(c, n, row * side);
                    for (int column = 0; column < outWidth(); column++) {
                        int which = chosen[from];
                        if (which != NONE) {
                            float d = dy.get(from);
                            sum += d;
                            dProduct.put(corner + side * column + place(which, rows.rows()), d);
                        }
                        from++;
                    }
                }
                dBiases[c] += sum;
            }
        }
    }
}
