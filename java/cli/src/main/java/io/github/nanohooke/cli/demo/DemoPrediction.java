// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.cli.predict.PredictedFile;
import io.github.nanohooke.cli.structure.ImageInput;
import io.github.nanohooke.comparison.Quantiles;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.Estimate;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Optional;

/**
 * A network's answer for one relaxed structure.
 *
 * @param said    what the network told, and how its answers spread
 * @param tensor  its tensor, in the axes of the input
 * @param uncertainty how far it may be off, where the model tells
 * @param seconds from the relaxed atoms to the tensor, the median of a few repetitions [s]
 */
record DemoPrediction(Estimate said, ElasticTensor tensor, Optional<Uncertainty> uncertainty, double seconds) {
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
        Estimate said = network.estimate(List.of(input.image())).get(0);
        return new DemoPrediction(said, PredictedFile.inAxesOfInput(input, network, tensor), PredictedFile.of(input,
                network, said, 0).prediction().uncertainty(), new Quantiles(seconds).median());
    }
}
