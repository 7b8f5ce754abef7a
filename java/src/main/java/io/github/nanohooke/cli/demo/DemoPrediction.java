// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.cli.predict.PredictedFile;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.comparison.Quantiles;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.tensor.ElasticTensor;

/**
 * A network's answer for one relaxed structure.
 *
 * @param said    the tensor as the network told it
 * @param tensor  its tensor
 * @param seconds from the relaxed atoms to the tensor, the median of a few repetitions [s]
 */
record DemoPrediction(ElasticTensor said, ElasticTensor tensor, double seconds) {
    /** The first uses of network and drawing are slow: code is compiled and weights are prepared. */
    private static final int WARM_UP = 10;
    private static final int REPETITIONS = 9;

    static DemoPrediction of(ElasticSurrogate network, ImageInput input) {
        double[] seconds = new double[REPETITIONS];
        ElasticTensor tensor = null;
        for (int i = -WARM_UP; i < REPETITIONS; i++) {
            long begin = System.nanoTime();
            StructureImage image = ImageInput.draw(input.atoms().orElseThrow(), input.relaxed().orElseThrow()
                    .relaxed(), network.resolution());
            tensor = network.predict(image);
            if (i >= 0) {
                seconds[i] = (System.nanoTime() - begin) * 1e-9;
            }
        }
        return new DemoPrediction(tensor, PredictedFile.inAxesOfInput(input, network, tensor),
                new Quantiles(seconds).median());
    }
}
