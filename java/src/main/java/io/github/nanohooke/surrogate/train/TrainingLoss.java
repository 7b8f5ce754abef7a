// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.Objective;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.model.OutputHead;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a training minimises over its samples. Its log has the root of the mean squared error [GPa] with either. */
public enum TrainingLoss {
    /** The mean squared error of the constants, as in the paper (section 3.2): large errors of a few count most. */
    SQUARED,
    /**
     * The mean of a sample's relative error, the root of the squared errors of the thirteen constants over their own
     * squares: small constants count as much as large ones, and a few samples that cannot be learnt, such as those
     * near an instability, do not outweigh the others. {@link #FLOOR} is added to the size of the constants, and the
     * error is squared below {@link #KNEE}.
     */
    RELATIVE;

    /** Constants of this size [GPa] count as little. */
    public static final double FLOOR = 1;

    /** The relative error below which an error counts by its square. */
    public static final double KNEE = 0.005;

    /** Of what is minimised, on the validation part: the best epoch has least of it. */
    double of(EpochRecord epoch) {
        if (this == SQUARED) {
            return epoch.validation().rmse();
        }
        return epoch.relative() > 0 ? epoch.relative() : Double.POSITIVE_INFINITY;
    }

    /** One sample's relative error, of constants in GPa; without the knee, below which all are alike. */
    static double relative(double[] predicted, double[] right) {
        double error = 0;
        double size = right.length * FLOOR * FLOOR;
        for (int k = 0; k < right.length; k++) {
            error += (predicted[k] - right[k]) * (predicted[k] - right[k]);
            size += right[k] * right[k];
        }
        return Math.sqrt(error / size);
    }

    /** As options name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws SurrogateException when there is none of that label */
    public static TrainingLoss labelled(String label) {
        return Arrays.stream(values()).filter(loss -> loss.label().equals(label)).findFirst()
                .orElseThrow(() -> new SurrogateException("a loss is squared or relative, got " + label));
    }

    /** For values and targets in the units of this head. */
    Objective objective(OutputHead head) {
        return switch (this) {
            case SQUARED -> Objective.SQUARED;
            case RELATIVE -> new Objective.Relative(IntStream.range(0, head.offset().size())
                    .mapToObj(k -> head.target(k, 0)).toList(), FLOOR / head.scale(), KNEE);
        };
    }
}
