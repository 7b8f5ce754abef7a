// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

/** One layer for one image, without state: values are stored [channel][row][column]. */
interface ReferenceLayer {

    /** The layer's result for x, a new array. */
    double[] forward(double[] x, double[] parameters);

    /**
     * The chain rule through this layer: from the derivative of some number by y = forward(x) to its derivatives by x,
     * returned, and by the parameters, which are added to gradient.
     */
    double[] backward(double[] x, double[] dy, double[] parameters, double[] gradient);
}
