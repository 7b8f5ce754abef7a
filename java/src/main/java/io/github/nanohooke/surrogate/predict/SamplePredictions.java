// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** What a surrogate says of samples. */
public final class SamplePredictions {
    private SamplePredictions() {
    }

    /**
     * Predicts all samples.
     *
     * @return constants [GPa], [sample][constant]
     */
    public static double[][] of(ElasticSurrogate surrogate, TrainingData data) {
        double[] flat = new double[data.size() * ElasticConstants.COUNT];
        surrogate.predict(images(data), flat);
        double[][] constants = new double[data.size()][];
        for (int i = 0; i < constants.length; i++) {
            constants[i] = Arrays.copyOfRange(flat, i * ElasticConstants.COUNT, (i + 1) * ElasticConstants.COUNT);
        }
        return constants;
    }

    /** As {@link #of}, with the spread of the answers for the eight orientations. */
    public static List<Estimate> estimates(ElasticSurrogate surrogate, TrainingData data) {
        return surrogate.estimate(images(data));
    }

    /** The images, each made when it is asked for. */
    private static List<StructureImage> images(TrainingData data) {
        return new AbstractList<>() {
            @Override
            public StructureImage get(int i) {
                return data.image(i);
            }

            @Override
            public int size() {
                return data.size();
            }
        };
    }
}
