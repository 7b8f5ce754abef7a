// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticConstants;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.surrogate.ElasticSurrogate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tensors of a batch of images, and the time they took.
 *
 * @param tensors      one an image
 * @param imageSeconds wall time of the whole batch over its images [s]
 */
record PredictionBatch(List<ElasticTensor> tensors, double imageSeconds) {

    static PredictionBatch of(ElasticSurrogate surrogate, List<StructureImage> images) {
        double[] constants = new double[images.size() * ElasticConstants.COUNT];
        long begin = System.nanoTime();
        surrogate.predict(images, constants);
        double seconds = (System.nanoTime() - begin) * 1e-9 / Math.max(1, images.size());
        List<ElasticTensor> tensors = new ArrayList<>();
        for (int from = 0; from < constants.length; from += ElasticConstants.COUNT) {
            tensors.add(ElasticConstants.toTensor(Arrays.copyOfRange(constants, from,
                    from + ElasticConstants.COUNT)));
        }
        return new PredictionBatch(tensors, seconds);
    }

    /**
     * A network does not relax: what it can tell is whether its tensor is one of a stable material. Where a relaxation
     * before it did not end well, that has the first word: the image shows what is no stable structure.
     */
    static Outcome outcome(PredictInput input, ElasticTensor tensor) {
        return failedRelaxation(input).map(StaticsResult::outcome).orElseGet(() -> outcome(tensor));
    }

    static String explanation(PredictInput input, ElasticTensor tensor) {
        return failedRelaxation(input).map(result -> "the relaxation before the prediction: " + result.explanation())
                .orElseGet(() -> explanation(tensor));
    }

    private static Optional<StaticsResult> failedRelaxation(PredictInput input) {
        return input.relaxed().filter(result -> result.outcome() != Outcome.STABLE);
    }

    private static Outcome outcome(ElasticTensor tensor) {
        return tensor.isPositiveDefinite() ? Outcome.STABLE : Outcome.UNSTABLE;
    }

    private static String explanation(ElasticTensor tensor) {
        return tensor.isPositiveDefinite() ? "predicted by a network; the tensor is positive definite"
                : "predicted by a network; the tensor is not positive definite: the structure does not resist every "
                        + "strain, or the network does not know structures of its kind";
    }
}
