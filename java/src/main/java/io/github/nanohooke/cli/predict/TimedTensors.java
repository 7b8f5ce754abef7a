// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tensors of a batch of images, and the time they took.
 *
 * @param tensors      one an image
 * @param imageSeconds wall time of the whole batch over its images [s]
 */
record TimedTensors(List<ElasticTensor> tensors, double imageSeconds) {

    static TimedTensors of(ElasticSurrogate surrogate, List<StructureImage> images) {
        double[] constants = new double[images.size() * ElasticConstants.COUNT];
        long begin = System.nanoTime();
        surrogate.predict(images, constants);
        double seconds = (System.nanoTime() - begin) * 1e-9 / Math.max(1, images.size());
        List<ElasticTensor> tensors = new ArrayList<>();
        for (int from = 0; from < constants.length; from += ElasticConstants.COUNT) {
            tensors.add(ElasticConstants.toTensor(Arrays.copyOfRange(constants, from,
                    from + ElasticConstants.COUNT)));
        }
        return new TimedTensors(tensors, seconds);
    }
}
