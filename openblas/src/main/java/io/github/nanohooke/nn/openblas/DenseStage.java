// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.openblas.ConvolutionStage.Blocks;
import io.github.nanohooke.nn.openblas.OpenBlas.Matrix;
import java.nio.FloatBuffer;

/** A dense layer with the ReLU that may follow it: results [image][output]. */
final class DenseStage {
    private final int inputs;
    private final int outputs;
    private final boolean relu;
    private final Blocks parameters;
    private final FloatBlock weights;
    private final FloatBlock gradient;
    private final FloatBlock results;

    DenseStage(int inputs, int outputs, boolean relu, Blocks parameters, int maxBatch, boolean training,
            Memory memory) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.relu = relu;
        this.parameters = parameters;
        this.weights = memory.floats((long) inputs * outputs);
        this.gradient = memory.floats(training ? (long) inputs * outputs : 0);
        this.results = memory.floats((long) maxBatch * outputs);
    }

    FloatBlock results() {
        return results;
    }

    int outputs() {
        return outputs;
    }

    void setParameters(float[] flat) {
        weights.put(flat, parameters.weights(), inputs * outputs);
    }

    void forward(FloatBlock x, int count, float[] flat) {
        OpenBlas.multiply(count, outputs, inputs, Matrix.of(x, 0, inputs), Matrix.of(weights, 0, inputs).transpose(),
                false, Matrix.of(results, 0, outputs));
        FloatBuffer y = results.values();
        for (int n = 0; n < count; n++) {
            for (int o = 0; o < outputs; o++) {
                float value = y.get(n * outputs + o) + flat[parameters.biases() + o];
                y.put(n * outputs + o, relu && value <= 0 ? 0 : value);
            }
        }
    }

    /**
     * The chain rule for the last forward.
     *
     * @param dy   derivatives by the results; changed where the ReLU was off
     * @param dx   receives those by the inputs
     * @param flat receives those by the parameters; null where nobody asks
     */
    void backward(FloatBlock x, FloatBlock dy, FloatBlock dx, int count, float[] flat) {
        double[] dBiases = new double[outputs];
        for (int n = 0; n < count; n++) {
            for (int o = 0; o < outputs; o++) {
                int i = n * outputs + o;
                if (relu && results.values().get(i) <= 0) {
                    dy.values().put(i, 0);
                }
                dBiases[o] += dy.values().get(i);
            }
        }
        Matrix d = Matrix.of(dy, 0, outputs);
        if (flat != null) {
            OpenBlas.multiply(outputs, inputs, count, d.transpose(), Matrix.of(x, 0, inputs), false,
                    Matrix.of(gradient, 0, inputs));
            gradient.get(flat, parameters.weights(), inputs * outputs);
            for (int o = 0; o < outputs; o++) {
                flat[parameters.biases() + o] = (float) dBiases[o];
            }
        }
        OpenBlas.multiply(count, inputs, outputs, d, Matrix.of(weights, 0, inputs), false, Matrix.of(dx, 0, inputs));
    }
}
