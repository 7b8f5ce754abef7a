// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.ParameterTable.Block;
import io.github.nanohooke.nn.Shape;

/**
 * {@link Convolution} by its definition. The image is first laid into a larger one, padded[c][r + before][s + before] =
 * x[c][r][s] with zeros or the image's repetition around, so that the sums need no cases:
 * y[o][r][s] = b[o] + sum over c, i, j of w[o][c][i][j] padded[c][r + i][s + j].
 */
final class ReferenceConvolution implements ReferenceLayer {
    private final Shape in;
    private final int outputs;
    private final int kernel;
    private final int weights;
    private final int biases;
    private final int paddedHeight;
    private final int paddedWidth;
    /** Index of the pixel of x that a pixel of the padded image repeats, -1 where it is zero; one channel. */
    private final int[] source;

    ReferenceConvolution(Convolution layer, Shape in, Block weights, Block biases) {
        this.in = in;
        this.outputs = layer.outputs();
        this.kernel = layer.kernel();
        this.weights = weights.offset();
        this.biases = biases.offset();
        this.paddedHeight = in.height() + kernel - 1;
        this.paddedWidth = in.width() + kernel - 1;
        this.source = new int[paddedHeight * paddedWidth];
        for (int r = 0; r < paddedHeight; r++) {
            for (int s = 0; s < paddedWidth; s++) {
                source[r * paddedWidth + s] = source(r - layer.before(), s - layer.before(), layer.padding());
            }
        }
    }

    private int source(int row, int column, Padding padding) {
        boolean inside = row >= 0 && row < in.height() && column >= 0 && column < in.width();
        if (!inside && padding == Padding.ZERO) {
            return -1;
        }
        return Math.floorMod(row, in.height()) * in.width() + Math.floorMod(column, in.width());
    }

    @Override
    public double[] forward(double[] x, double[] parameters) {
        double[] padded = pad(x);
        int plane = in.height() * in.width();
        double[] y = new double[outputs * plane];
        for (int o = 0; o < outputs; o++) {
            for (int r = 0; r < in.height(); r++) {
                for (int s = 0; s < in.width(); s++) {
                    double sum = parameters[biases + o];
                    for (int c = 0; c < in.channels(); c++) {
                        for (int i = 0; i < kernel; i++) {
                            int w = weight(o, c, i);
                            int p = padded(c, r + i, s);
                            for (int j = 0; j < kernel; j++) {
                                sum += parameters[w + j] * padded[p + j];
                            }
                        }
                    }
                    y[o * plane + r * in.width() + s] = sum;
                }
            }
        }
        return y;
    }

    @Override
    public double[] backward(double[] x, double[] dy, double[] parameters, double[] gradient) {
        double[] padded = pad(x);
        double[] dPadded = new double[padded.length];
        int plane = in.height() * in.width();
        for (int o = 0; o < outputs; o++) {
            for (int r = 0; r < in.height(); r++) {
                for (int s = 0; s < in.width(); s++) {
                    double d = dy[o * plane + r * in.width() + s];
                    gradient[biases + o] += d;
                    for (int c = 0; c < in.channels(); c++) {
                        for (int i = 0; i < kernel; i++) {
                            int w = weight(o, c, i);
                            int p = padded(c, r + i, s);
                            for (int j = 0; j < kernel; j++) {
                                gradient[w + j] += d * padded[p + j];
                                dPadded[p + j] += d * parameters[w + j];
                            }
                        }
                    }
                }
            }
        }
        return fold(dPadded);
    }

    private int weight(int output, int input, int row) {
        return weights + ((output * in.channels() + input) * kernel + row) * kernel;
    }

    private int padded(int channel, int row, int column) {
        return (channel * paddedHeight + row) * paddedWidth + column;
    }

    private double[] pad(double[] x) {
        double[] padded = new double[in.channels() * source.length];
        int plane = in.height() * in.width();
        for (int c = 0; c < in.channels(); c++) {
            for (int p = 0; p < source.length; p++) {
                padded[c * source.length + p] = source[p] < 0 ? 0 : x[c * plane + source[p]];
            }
        }
        return padded;
    }

    /** The transpose of {@link #pad}: every pixel collects the derivatives of all its repetitions. */
    private double[] fold(double[] dPadded) {
        int plane = in.height() * in.width();
        double[] dx = new double[in.size()];
        for (int c = 0; c < in.channels(); c++) {
            for (int p = 0; p < source.length; p++) {
                if (source[p] >= 0) {
                    dx[c * plane + source[p]] += dPadded[c * source.length + p];
                }
            }
        }
        return dx;
    }
}
