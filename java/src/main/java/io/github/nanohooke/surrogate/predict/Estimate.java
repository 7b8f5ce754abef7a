// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;

/**
 * What a network says of one image, and how far its answers for the eight orientations lie apart. The arrays are the
 * holder's.
 *
 * @param constants thirteen, in the order of {@link ElasticConstants} [GPa]
 * @param spreads   of each, root mean squared [GPa]; empty where it was not asked for
 */
public record Estimate(double[] constants, double[] spreads) {

    /** Without a spread. */
    static Estimate of(ElasticTensor tensor) {
        return new Estimate(ElasticConstants.of(tensor), new double[0]);
    }

    /** @param constants thirteen [GPa] */
    public static Estimate of(double[] constants) {
        return new Estimate(constants, new double[0]);
    }

    /** The tensor. */
    public ElasticTensor tensor() {
        return ElasticConstants.toTensor(constants);
    }

    boolean hasSpreads() {
        return spreads.length > 0;
    }
}
