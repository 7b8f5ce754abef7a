// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.nn.HalfPrecision;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.ModelFile;

/** What half precision costs a model. */
public final class HalfPrecisionLoss {
    private HalfPrecisionLoss() {
    }

    /**
     * The largest difference that rounding its parameters to half precision makes to any constant of any sample [GPa];
     * infinite where a parameter is too large for half precision.
     */
    public static double of(ModelFile model, TrainingData data, SurrogateOptions options) {
        for (float parameter : model.parameters()) {
            if (Math.abs(parameter) > HalfPrecision.MAX_VALUE) {
                return Double.POSITIVE_INFINITY;
            }
        }
        double[][] single = predictions(model, data, options);
        double[][] half = predictions(model.rounded(), data, options);
        double largest = 0;
        for (int i = 0; i < single.length; i++) {
            for (int k = 0; k < single[i].length; k++) {
                largest = Math.max(largest, Math.abs(single[i][k] - half[i][k]));
            }
        }
        return largest;
    }

    private static double[][] predictions(ModelFile model, TrainingData data, SurrogateOptions options) {
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("the trained model", model, options)) {
            return SamplePredictions.of(surrogate, data);
        }
    }
}
