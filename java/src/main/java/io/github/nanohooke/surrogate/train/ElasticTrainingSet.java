// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.TrainingSet;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ElasticConstants;

/** {@link TrainingData} as a backend takes them: images of one size, targets in the units of a head's training form. */
final class ElasticTrainingSet implements TrainingSet {
    private final TrainingData data;
    private final OutputHead head;
    private final int pixels;

    ElasticTrainingSet(TrainingData data, OutputHead head, int pixels) {
        this.data = data;
        this.head = head;
        this.pixels = pixels;
    }

    @Override
    public int size() {
        return data.size();
    }

    /** @throws io.github.nanohooke.image.ImageException when the image has another size */
    @Override
    public byte[] image(int sample) {
        return data.image(sample).requireResolution(pixels).packed();
    }

    @Override
    public void targets(int sample, SquareSymmetry symmetry, float[] targets, int offset) {
        double[] constants = ElasticConstants.of(
                ElasticConstants.toTensor(data.constants(sample)).transformed(symmetry));
        for (int k = 0; k < constants.length; k++) {
            targets[offset + k] = (float) head.target(k, constants[k]);
        }
    }
}
