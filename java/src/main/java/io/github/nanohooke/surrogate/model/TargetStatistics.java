// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;

/**
 * Mean and spread of the constants of a training set, each taken over the eight symmetries of the square as well, as if
 * the set held every structure in all its orientations.
 *
 * @param mean  one per constant [GPa]; of C16, C26, C36 and C45 it is zero but for rounding, by symmetry
 * @param scale root of the mean squared distance from the mean over samples and constants [GPa]
 */
public record TargetStatistics(List<Double> mean, double scale) {
    /** @throws SurrogateException when they are no finite means, or the scale is not positive */
    public TargetStatistics {
        if (mean == null || mean.size() != ElasticConstants.COUNT || !mean.stream().allMatch(Double::isFinite)
                || !(scale > 0) || Double.isInfinite(scale)) {
            throw new SurrogateException("statistics of constants are " + ElasticConstants.COUNT + " finite means and a"
                    + " positive scale [GPa], got " + mean + " and " + scale);
        }
        mean = List.copyOf(mean);
    }

    /** Those that a head was made of: its raw zeros give the mean. */
    static TargetStatistics of(OutputHead head) {
        double[] mean = new double[ElasticConstants.COUNT];
        head.constants(new double[ElasticConstants.COUNT], mean);
        return new TargetStatistics(Arrays.stream(mean).boxed().toList(), head.scale());
    }

    /** @throws SurrogateException when there are no samples, a constant is not finite, or all samples are equal */
    public static TargetStatistics of(TrainingData data) {
        if (data.size() < 1) {
            throw new SurrogateException("there are no training samples");
        }
        double[] mean = new double[ElasticConstants.COUNT];
        double square = 0;
        double share = 1.0 / data.size() / SquareSymmetry.values().length;
        for (int i = 0; i < data.size(); i++) {
            double[] constants = data.constants(i);
            if (constants.length != ElasticConstants.COUNT || !Arrays.stream(constants).allMatch(Double::isFinite)) {
                throw new SurrogateException("training sample " + i + " has no 13 finite constants: "
                        + Arrays.toString(constants));
            }
            ElasticTensor tensor = ElasticConstants.toTensor(constants);
            for (SquareSymmetry symmetry : SquareSymmetry.values()) {
                double[] turned = ElasticConstants.of(tensor.transformed(symmetry));
                for (int k = 0; k < turned.length; k++) {
                    mean[k] += turned[k] * share;
                    square += turned[k] * turned[k] * share;
                }
            }
        }
        double variance = (square - Arrays.stream(mean).map(m -> m * m).sum()) / ElasticConstants.COUNT;
        if (!(variance > 1e-12 * square)) {
            throw new SurrogateException("all training samples have the same constants; there is nothing to learn");
        }
        return new TargetStatistics(Arrays.stream(mean).boxed().toList(), Math.sqrt(variance));
    }

    /** The head whose raw zeros give the mean. */
    public OutputHead direct() {
        return new OutputHead.Direct(mean, scale);
    }

    /** The positive definite head whose raw zeros give the mean. */
    public OutputHead cholesky() {
        return OutputHead.Cholesky.around(mean.stream().mapToDouble(Double::doubleValue).toArray(), scale);
    }

    /**
     * One of the two by name.
     *
     * @throws SurrogateException when there is none of that name
     */
    public OutputHead head(String name) {
        return switch (name) {
            case "direct" -> direct();
            case "cholesky" -> cholesky();
            default -> throw new SurrogateException("no output head '" + name + "'; there are direct and cholesky");
        };
    }
}
