// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From how much a network disagrees with itself to how far it is off: its answers for the eight orientations of one
 * structure, each turned back, spread by s_k; the errors of samples that it has not learnt from say how the two go
 * together. The largest error of the thirteen constants, over offset + max_k s_k, has the quantiles {@code largest}; so
 * a bound that holds for a share of the samples is that quantile times offset + max_k s_k (split conformal prediction:
 * it holds for new samples of the same kind whatever the distribution of errors, see Angelopoulos and Bates,
 * arXiv 2107.07511).
 *
 * <p>What else was tried and ordered the errors of samples no better: the distance of the last layer's features from
 * those of the training data, and its product with the spread.
 *
 * @param offset    [GPa]
 * @param levels    shares of samples, ascending
 * @param largest   of each level: quantile of the largest error over offset + largest spread
 * @param constants of each constant: quantile at {@link #LEVEL} of its error over offset + its spread
 * @param samples   that it rests on
 * @param cut       of them with a solid that is cut apart
 */
public record Calibration(double offset, List<Double> levels, List<Double> largest, List<Double> constants,
        int samples, int cut) {
    /** The level of every prediction's {@link Uncertainty}. */
    public static final double LEVEL = 0.95;

    /** Fewer samples have no quantile at {@link #LEVEL}. */
    private static final int FEWEST = 40;
    /** Offsets that are tried [GPa]. */
    private static final double[] OFFSETS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};

    /** @throws SurrogateException when the numbers are none of a calibration */
    public Calibration {
        levels = List.copyOf(levels);
        largest = List.copyOf(largest);
        constants = List.copyOf(constants);
        boolean usable = offset > 0 && !Double.isInfinite(offset) && levels.size() == largest.size()
                && levels.contains(LEVEL) && constants.size() == ElasticConstants.COUNT
                && largest.stream().allMatch(q -> q >= 0 && q < Double.POSITIVE_INFINITY)
                && constants.stream().allMatch(q -> q >= 0 && q < Double.POSITIVE_INFINITY);
        if (!usable) {
            throw new SurrogateException("a calibration needs a positive offset, a quantile for each level, "
                    + LEVEL + " among them, and thirteen for the constants");
        }
    }

    /**
     * Fits one. The offset is that of the smallest mean bound at {@link #LEVEL}.
     *
     * @param errors  [sample][constant], predicted less true [GPa]
     * @param spreads [sample][constant], over the orientations [GPa]
     * @param cut     of the samples with a solid that is cut apart
     * @throws SurrogateException when there are too few samples
     */
    public static Calibration fit(double[][] errors, double[][] spreads, int cut) {
        if (errors.length < FEWEST) {
            throw new SurrogateException("a calibration needs " + FEWEST + " samples at least, there are "
                    + errors.length);
        }
        double offset = Arrays.stream(OFFSETS).boxed().min((a, b) -> Double.compare(meanBound(errors, spreads, a),
                meanBound(errors, spreads, b))).orElseThrow();
        double[] scores = scores(errors, spreads, offset);
        List<Double> levels = new ArrayList<>();
        for (int percent = 5; percent <= 95; percent += 5) {
            levels.add(percent / 100.0);
        }
        if (Math.ceil(0.99 * (errors.length + 1)) <= errors.length) {
            levels.add(0.99);
        }
        List<Double> constants = IntStream.range(0, ElasticConstants.COUNT).mapToObj(k -> quantile(
                IntStream.range(0, errors.length).mapToDouble(i -> Math.abs(errors[i][k]) / (offset + spreads[i][k]))
                        .toArray(), LEVEL)).toList();
        return new Calibration(offset, levels, levels.stream().map(level -> quantile(scores, level)).toList(),
                constants, errors.length, cut);
    }

    private static double meanBound(double[][] errors, double[][] spreads, double offset) {
        return quantile(scores(errors, spreads, offset), LEVEL)
                * (offset + Arrays.stream(spreads).mapToDouble(Calibration::max).average().orElseThrow());
    }

    private static double[] scores(double[][] errors, double[][] spreads, double offset) {
        return IntStream.range(0, errors.length)
                .mapToDouble(i -> max(errors[i]) / (offset + max(spreads[i]))).toArray();
    }

    /** The smallest value that covers a share of new draws: of n + 1 equally likely ranks. */
    private static double quantile(double[] values, double level) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length, (int) Math.ceil(level * (sorted.length + 1) - 1e-9)) - 1];
    }

    /** Largest absolute value. */
    static double max(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    /**
     * The bound that a share of samples keeps [GPa].
     *
     * @param level one of {@link #levels()}
     */
    public double bound(double level, double[] spreads) {
        return largest.get(levels.indexOf(level)) * (offset + max(spreads));
    }

    /** Of a prediction of a structure like those of the calibration, at {@link #LEVEL}. */
    public Uncertainty uncertainty(double[] spreads) {
        List<Double> each = IntStream.range(0, ElasticConstants.COUNT)
                .mapToObj(k -> constants.get(k) * (offset + spreads[k])).toList();
        return new Uncertainty(bound(LEVEL, spreads), each, LEVEL, Uncertainty.Basis.CALIBRATED);
    }
}
