// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

/** max(x, 0), with derivative 0 at 0. */
final class ReferenceRelu implements ReferenceLayer {

    @Override
    public double[] forward(double[] x, double[] parameters) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            // Asked this way round, a NaN comes through.
            y[i] = x[i] <= 0 ? 0 : x[i];
        }
        return y;
    }

    @Override
    public double[] backward(double[] x, double[] dy, double[] parameters, double[] gradient) {
        double[] dx = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            dx[i] = x[i] <= 0 ? 0 : dy[i];
        }
        return dx;
    }
}
