// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.Estimate;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network says of a batch of images, and the time it took.
 *
 * @param estimates    one an image
 * @param imageSeconds wall time of the whole batch over its images [s]
 */
record TimedTensors(List<Estimate> estimates, double imageSeconds) {

    /** @param uncertain whether to ask for the eight orientations of each image, whose spread tells the uncertainty */
    static TimedTensors of(ElasticSurrogate surrogate, List<StructureImage> images, boolean uncertain) {
        long begin = System.nanoTime();
        List<Estimate> estimates = uncertain ? surrogate.estimate(images) : plain(surrogate, images);
        return new TimedTensors(estimates, (System.nanoTime() - begin) * 1e-9 / Math.max(1, images.size()));
    }

    private static List<Estimate> plain(ElasticSurrogate surrogate, List<StructureImage> images) {
        double[] constants = new double[images.size() * ElasticConstants.COUNT];
        surrogate.predict(images, constants);
        List<Estimate> estimates = new ArrayList<>();
        for (int from = 0; from < constants.length; from += ElasticConstants.COUNT) {
            estimates.add(Estimate.of(Arrays.copyOfRange(constants, from, from + ElasticConstants.COUNT)));
        }
        return estimates;
    }
}
