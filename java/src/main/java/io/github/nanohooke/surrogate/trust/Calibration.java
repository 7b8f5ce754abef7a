// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From how much a network disagrees with itself to how far it is off: its answers for the eight orientations of one
 * structure, each turned back, spread by s_k; the errors of samples that it has not learnt from say how these and the
 * porosity go together with errors ({@link ErrorScale}). The largest error of the thirteen constants, over that scale,
 * has the quantiles {@code largest}; so a bound that holds for a share of the samples is that quantile times the scale,
 * whatever the distribution of errors (conformal prediction, see Angelopoulos and Bates, arXiv 2107.07511). Scales are
 * fitted to nine tenths of the samples and quantiles taken of the last tenth, in turn, so that no error is measured by
 * a scale that knows it. The scale that is used is fitted to all of them: that the shares are kept is then no theorem,
 * as it is with samples kept apart for the quantiles, but nearly so, and {@link Reliability} measures it.
 *
 * <p>What else was tried and ordered the errors of samples no better: the distance of the last layer's features from
 * those of the training data, answers for shifted images, lengths of pores' edges, thin walls and small pores.
 *
 * @param offset    of the scale [GPa]
 * @param weights   of the scale, w0 to w4; empty in files of the first versions, where it is offset + max s
 * @param levels    shares of samples, ascending
 * @param largest   of each level: quantile of the largest error over its scale
 * @param constants of each constant: quantile at {@link #LEVEL} of its error over its own scale, the root of offset +
 *                  s_k times the scale of the largest (offset + s_k in files of the first versions)
 * @param samples   that it rests on
 * @param cut       of them with a solid that is cut apart
 */
public record Calibration(double offset, List<Double> weights, List<Double> levels, List<Double> largest,
        List<Double> constants, int samples, int cut) {
    /** The level of every prediction's {@link Uncertainty}. */
    public static final double LEVEL = 0.95;

    /** Fewer samples have no quantile at {@link #LEVEL}. */
    private static final int FEWEST = 40;
    /** Offsets that are tried [GPa]. */
    private static final double[] OFFSETS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5};
    private static final int FOLDS = 10;

    /** @throws SurrogateException when the numbers are none of a calibration */
    public Calibration {
        weights = new ErrorScale(offset, weights).weights();
        levels = List.copyOf(levels);
        largest = List.copyOf(largest);
        constants = List.copyOf(constants);
        boolean usable = levels.size() == largest.size()
                && levels.contains(LEVEL) && constants.size() == ElasticConstants.COUNT
                && largest.stream().allMatch(q -> q >= 0 && q < Double.POSITIVE_INFINITY)
                && constants.stream().allMatch(q -> q >= 0 && q < Double.POSITIVE_INFINITY);
        if (!usable) {
            throw new SurrogateException("a calibration needs a quantile for each level, " + LEVEL
                    + " among them, and thirteen for the constants");
        }
    }

    /** Samples with the scales of their errors, each by a fit that did not know the sample. */
    private record Scaled(double offset, double[][] errors, List<AnswerSpread> spreads, double[] scales) {

        static Scaled by(double offset, double[][] errors, double[] largest, List<AnswerSpread> spreads) {
            double[] scales = new double[largest.length];
            for (int fold = 0; fold < FOLDS; fold++) {
                int left = fold;
                ErrorScale scale = ErrorScale.fit(offset, largest, spreads, i -> i % FOLDS != left);
                for (int i = left; i < scales.length; i += FOLDS) {
                    scales[i] = scale.of(spreads.get(i));
                }
            }
            return new Scaled(offset, errors, spreads, scales);
        }

        double[] scores() {
            return IntStream.range(0, scales.length).mapToDouble(i -> max(errors[i]) / scales[i]).toArray();
        }

        /** Logarithm of the geometric mean of the bounds: sharp for most, whatever the few worst ones are. */
        double sharpness() {
            return Math.log(quantile(scores(), LEVEL)) + Arrays.stream(scales).map(Math::log).average().orElseThrow();
        }

        /** Of the errors of one constant over its scale, at {@link #LEVEL}. */
        double quantileOf(int constant) {
            ErrorScale scale = new ErrorScale(offset, List.of());
            return quantile(IntStream.range(0, scales.length).mapToDouble(i -> Math.abs(errors[i][constant])
                    / scale.ofOne(scales[i], spreads.get(i), constant)).toArray(), LEVEL);
        }
    }

    /**
     * Fits one. The offset is that of the sharpest bounds at {@link #LEVEL}.
     *
     * @param errors  [sample][constant], predicted less true [GPa]
     * @param spreads of the samples
     * @param cut     of the samples with a solid that is cut apart
     * @throws SurrogateException when there are too few samples
     */
    public static Calibration fit(double[][] errors, List<AnswerSpread> spreads, int cut) {
        if (errors.length < FEWEST) {
            throw new SurrogateException("a calibration needs " + FEWEST + " samples at least, there are "
                    + errors.length);
        }
        double[] most = Arrays.stream(errors).mapToDouble(Calibration::max).toArray();
        Scaled scaled = Arrays.stream(OFFSETS).mapToObj(offset -> Scaled.by(offset, errors, most, spreads))
                .min(Comparator.comparingDouble(Scaled::sharpness)).orElseThrow();
        double[] scores = scaled.scores();
        List<Double> levels = new ArrayList<>();
        for (int percent = 5; percent <= 95; percent += 5) {
            levels.add(percent / 100.0);
        }
        if (Math.ceil(0.99 * (errors.length + 1)) <= errors.length) {
            levels.add(0.99);
        }
        List<Double> constants = IntStream.range(0, ElasticConstants.COUNT).mapToObj(scaled::quantileOf).toList();
        ErrorScale scale = ErrorScale.fit(scaled.offset(), most, spreads, i -> true);
        return new Calibration(scale.offset(), scale.weights(), levels,
                levels.stream().map(level -> quantile(scores, level)).toList(), constants, errors.length, cut);
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

    private ErrorScale scale() {
        return new ErrorScale(offset, weights);
    }

    /**
     * The bound that a share of samples keeps [GPa].
     *
     * @param level one of {@link #levels()}
     */
    public double bound(double level, AnswerSpread spread) {
        return largest.get(levels.indexOf(level)) * scale().of(spread);
    }

    /** Of a prediction of a structure like those of the calibration, at {@link #LEVEL}. */
    public Uncertainty uncertainty(AnswerSpread spread) {
        ErrorScale scale = scale();
        List<Double> each = IntStream.range(0, ElasticConstants.COUNT)
                .mapToObj(k -> constants.get(k) * scale.of(spread, k)).toList();
        return new Uncertainty(bound(LEVEL, spread), each, LEVEL, Uncertainty.Basis.CALIBRATED);
    }
}
