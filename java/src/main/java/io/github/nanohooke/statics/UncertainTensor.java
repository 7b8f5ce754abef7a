// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * An elastic tensor and how far it may be off.
 *
 * @param tensor    [GPa]
 * @param deviation of each entry the standard deviation of its error [GPa], zero where it is exact; empty where its
 *                  source does not tell
 */
public record UncertainTensor(ElasticTensor tensor, Optional<ElasticTensor> deviation) {
    private static final ElasticTensor NONE = ElasticTensor.of(new double[6][6]);

    /** Of a source that tells nothing of its errors. */
    public static UncertainTensor unknown(ElasticTensor tensor) {
        return new UncertainTensor(tensor, Optional.empty());
    }

    /** The reference by which others are judged. */
    public static UncertainTensor exact(ElasticTensor tensor) {
        return new UncertainTensor(tensor, Optional.of(NONE));
    }

    /** With one deviation for every entry [GPa]; not known where that is not finite. */
    public static UncertainTensor evenly(ElasticTensor tensor, double deviation) {
        if (!Double.isFinite(deviation)) {
            return unknown(tensor);
        }
        double[][] all = new double[6][6];
        for (double[] row : all) {
            Arrays.fill(row, deviation);
        }
        return new UncertainTensor(tensor, Optional.of(ElasticTensor.of(all)));
    }
}
