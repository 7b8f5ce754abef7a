// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.ParameterTable.Block;

/** y[o] = b[o] + sum over i of w[o][i] x[i]. */
final class ReferenceDense implements ReferenceLayer {
    private final int inputs;
    private final int outputs;
    private final int weights;
    private final int biases;

    ReferenceDense(int inputs, int outputs, Block weights, Block biases) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.weights = weights.offset();
        this.biases = biases.offset();
    }

    @Override
    public double[] forward(double[] x, double[] parameters) {
        double[] y = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            double sum = parameters[biases + o];
            for (int i = 0; i < inputs; i++) {
                sum += parameters[weights + o * inputs + i] * x[i];
            }
            y[o] = sum;
        }
        return y;
    }

    @Override
    public double[] backward(double[] x, double[] dy, double[] parameters, double[] gradient) {
        double[] dx = new double[inputs];
        for (int o = 0; o < outputs; o++) {
            gradient[biases + o] += dy[o];
            for (int i = 0; i < inputs; i++) {
                gradient[weights + o * inputs + i] += dy[o] * x[i];
                dx[i] += dy[o] * parameters[weights + o * inputs + i];
            }
        }
        return dx;
    }
}
