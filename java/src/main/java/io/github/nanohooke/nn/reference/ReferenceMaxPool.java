// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.Shape;

/** The largest of every 2 x 2 block; among equals the first in row order receives the derivative. */
final class ReferenceMaxPool implements ReferenceLayer {
    private final Shape in;
    private final Shape out;

    ReferenceMaxPool(Shape in, Shape out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public double[] forward(double[] x, double[] parameters) {
        double[] y = new double[out.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[largest(x, i)];
        }
        return y;
    }

    @Override
    public double[] backward(double[] x, double[] dy, double[] parameters, double[] gradient) {
        double[] dx = new double[in.size()];
        for (int i = 0; i < dy.length; i++) {
            dx[largest(x, i)] += dy[i];
        }
        return dx;
    }

    /** Index into x of the largest value of the block that makes the result at an index. A NaN counts as largest. */
    private int largest(double[] x, int index) {
        int column = index % out.width();
        int row = index / out.width() % out.height();
        int channel = index / (out.width() * out.height());
        int corner = (channel * in.height() + 2 * row) * in.width() + 2 * column;
        int best = corner;
        for (int candidate : new int[] {corner + 1, corner + in.width(), corner + in.width() + 1}) {
            if (x[candidate] > x[best] || Double.isNaN(x[candidate])) {
                best = candidate;
            }
        }
        return best;
    }
}
