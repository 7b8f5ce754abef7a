// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.nn.openblas.OpenBlas.Matrix;
import java.nio.FloatBuffer;

/**
 * A convolution with the ReLU and the pool that may follow it. Images go through in chunks, as many as fit the scratch
 * memory that all stages share.
 */
final class ConvolutionStage {
    /** Floats of an expansion that a chunk may take, unless one image takes more. */
    private static final long CHUNK_FLOATS = 8L << 20;

    private final Shape in;
    private final int outputs;
    private final int kernel;
    private final Blocks parameters;
    private final Pooling pooling;
    private final Expansion expansion;
    /** Of the result's derivative, for that of the input: a convolution with the weights turned by half a turn. */
    private final Expansion backExpansion;
    private final int chunk;
    private final FloatBlock weights;
    private final FloatBlock turned;
    private final FloatBlock gradient;

    /** Where a layer's weights and biases lie in the flat array of parameters. */
    record Blocks(int weights, int biases) {
    }

    /**
     * @param in         shape of one image
     * @param layer      the convolution
     * @param pooling    what follows
     * @param parameters where its parameters lie
     * @param maxBatch   most images of a call
     * @param training   whether derivatives will be asked for
     */
    ConvolutionStage(Shape in, Convolution layer, Pooling pooling, Blocks parameters, int maxBatch, boolean training,
            Memory memory) {
        this.in = in;
        this.outputs = layer.outputs();
        this.kernel = layer.kernel();
        this.pooling = pooling;
        this.parameters = parameters;
        boolean periodic = layer.padding() == Padding.PERIODIC;
        this.expansion = new Expansion(in.channels(), kernel, in.height(), in.width(), layer.before(), periodic);
        this.backExpansion = new Expansion(outputs, kernel, in.height(), in.width(), kernel - 1 - layer.before(),
                periodic);
        this.chunk = (int) Math.max(1, Math.min(maxBatch, CHUNK_FLOATS / expansionFloats(1, training)));
        long count = (long) outputs * expansion.inner();
        this.weights = memory.floats(count);
        this.turned = memory.floats(training ? count : 0);
        this.gradient = memory.floats(training ? count : 0);
    }

    private long expansionFloats(int images, boolean training) {
        long forward = expansion.floats(images);
        return training ? Math.max(forward, backExpansion.floats(images)) : forward;
    }

    /** Floats of the shared scratch memory for expansions. */
    long expansionFloats(boolean training) {
        return expansionFloats(chunk, training);
    }

    /** Floats of each of the two shared scratch memories for results. */
    long resultFloats() {
        return (long) Math.max(outputs, in.channels()) * in.height() * chunk * in.width();
    }

    /** Puts new parameters into the order of the products. */
    void setParameters(float[] flat, boolean training) {
        for (int o = 0; o < outputs; o++) {
            for (int c = 0; c < in.channels(); c++) {
                for (int i = 0; i < kernel; i++) {
                    for (int j = 0; j < kernel; j++) {
                        float weight = flat[parameter(o, c, i, j)];
                        weights.values().put(place(o, c, i, j), weight);
                        if (training) {
                            int back = ((c * kernel + kernel - 1 - i) * outputs + o) * kernel + kernel - 1 - j;
                            turned.values().put(back, weight);
                        }
                    }
                }
            }
        }
    }

    /** Index in the flat array: [output][channel][row][column]. */
    private int parameter(int o, int c, int i, int j) {
        return parameters.weights() + ((o * in.channels() + c) * kernel + i) * kernel + j;
    }

    /** Index in the order of the products: [output][row][channel][column]. */
    private int place(int o, int c, int i, int j) {
        return ((o * kernel + i) * in.channels() + c) * kernel + j;
    }

    /**
     * @param x    images, one after the other
     * @param y    receives the results, one after the other
     * @param keep whether {@link #backward} will come
     */
    void forward(FloatBlock x, FloatBlock y, int count, float[] flat, boolean keep, Scratch scratch) {
        for (int first = 0; first < count; first += chunk) {
            int images = Math.min(chunk, count - first);
            expand(x, first, images, scratch);
            convolve(expansion, outputs, weights, images, scratch.expansion(), scratch.result());
            pooling.forward(scratch.result().values(), images, flat, parameters.biases(), y.values(), first, keep);
        }
    }

    private void expand(FloatBlock x, int first, int images, Scratch scratch) {
        expansion.fill(x.values(), Plane.imageByImage(in.channels(), in.height(), in.width(), first), images,
                scratch.expansion().values());
    }

    private void convolve(Expansion expanded, int channels, FloatBlock factors, int images, FloatBlock from,
            FloatBlock to) {
        int line = images * in.width();
        Matrix left = Matrix.of(factors, 0, expanded.inner());
        for (int row = 0; row < in.height(); row++) {
            OpenBlas.multiply(channels, line, expanded.inner(), left,
                    Matrix.of(from, (long) row * expanded.depth() * line, line), false,
                    Matrix.of(to, (long) row * line, in.height() * line));
        }
    }

    /**
     * The chain rule for the batch of the last forward that was kept.
     *
     * @param x    its images
     * @param dy   derivatives by its results
     * @param dx   receives those by the images; null where nobody asks
     * @param flat receives those by the parameters; null where nobody asks
     */
    void backward(FloatBlock x, FloatBlock dy, FloatBlock dx, int count, float[] flat, Scratch scratch) {
        double[] dBiases = new double[outputs];
        if (flat != null) {
            gradient.zero(0, (long) outputs * expansion.inner());
        }
        for (int first = 0; first < count; first += chunk) {
            int images = Math.min(chunk, count - first);
            FloatBlock d = scratch.result();
            d.zero(0, (long) outputs * in.height() * images * in.width());
            pooling.backward(dy.values(), first, images, d.values(), dBiases);
            if (flat != null) {
                expand(x, first, images, scratch);
                addGradient(d, images, scratch.expansion());
            }
            if (dx != null) {
                Plane rows = Plane.rowByRow(in.height(), in.width(), images);
                backExpansion.fill(d.values(), rows, images, scratch.expansion().values());
                convolve(backExpansion, in.channels(), turned, images, scratch.expansion(), scratch.other());
                copyOut(scratch.other().values(), rows, images, dx.values(), first);
            }
        }
        if (flat != null) {
            storeGradient(flat, dBiases);
        }
    }

    private void addGradient(FloatBlock d, int images, FloatBlock expanded) {
        int line = images * in.width();
        Matrix sum = Matrix.of(gradient, 0, expansion.inner());
        for (int row = 0; row < in.height(); row++) {
            OpenBlas.multiply(outputs, expansion.inner(), line, Matrix.of(d, (long) row * line, in.height() * line),
                    Matrix.of(expanded, (long) row * expansion.depth() * line, line).transpose(), true, sum);
        }
    }

    private void copyOut(FloatBuffer from, Plane rows, int images, FloatBuffer to, int first) {
        Plane plane = Plane.imageByImage(in.channels(), in.height(), in.width(), first);
        for (int n = 0; n < images; n++) {
            for (int c = 0; c < in.channels(); c++) {
                for (int row = 0; row < in.height(); row++) {
                    to.put(plane.at(c, n, row), from, rows.at(c, n, row), in.width());
                }
            }
        }
    }

    private void storeGradient(float[] flat, double[] dBiases) {
        for (int o = 0; o < outputs; o++) {
            for (int c = 0; c < in.channels(); c++) {
                for (int i = 0; i < kernel; i++) {
                    for (int j = 0; j < kernel; j++) {
                        flat[parameter(o, c, i, j)] = gradient.values().get(place(o, c, i, j));
                    }
                }
            }
            flat[parameters.biases() + o] = (float) dBiases[o];
        }
    }
}
