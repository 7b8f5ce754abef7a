// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import io.github.nanohooke.surrogate.SurrogateException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How large the largest error of a prediction is, up to a factor that is the same for all: a power law of what its
 * answers' spread tells, exp(w0 + w1 ln(o + max s) + w2 ln(o + rms s) + w3 ln(1 + p) + w4 ln(1 + p)^2) for spreads s_k
 * and porosity p in per cent. Errors of structures of little porosity, whose answers all are nearly those of the solid,
 * and of very porous ones are told best by the latter.
 *
 * @param offset  o, below which a spread tells nothing [GPa]
 * @param weights w0 to w4; empty: o + max s, as it is in files of the first versions
 */
record ErrorScale(double offset, List<Double> weights) {
    /** How strongly the weights are held at those of o + max s, in samples. */
    private static final double RIDGE = 5;
    private static final int FEATURES = 4;

    ErrorScale {
        weights = List.copyOf(weights);
        if (!(offset > 0) || Double.isInfinite(offset) || !weights.isEmpty() && weights.size() != FEATURES + 1
                || !weights.stream().allMatch(Double::isFinite)) {
            throw new SurrogateException("the scale of errors needs a positive offset and no weights or "
                    + (FEATURES + 1));
        }
    }

    /** Of the largest error [GPa]. */
    double of(AnswerSpread spread) {
        double largest = offset + spread.largest();
        if (weights.isEmpty()) {
            return largest;
        }
        double[] features = features(spread);
        return Math.exp(weights.get(0) + IntStream.range(0, FEATURES)
                .mapToDouble(j -> weights.get(j + 1) * features[j]).sum());
    }

    /** Of one constant: between what all of its spreads tell and what its own does [GPa]. */
    double of(AnswerSpread spread, int constant) {
        return weights.isEmpty() ? offset + spread.constants()[constant] : ofOne(of(spread), spread, constant);
    }

    /** Of one constant, by the scale of the largest error [GPa]. */
    double ofOne(double ofLargest, AnswerSpread spread, int constant) {
        return Math.sqrt(ofLargest * (offset + spread.constants()[constant]));
    }

    private double[] features(AnswerSpread spread) {
        double porosity = Math.log1p(spread.porosity());
        return new double[] {Math.log(offset + spread.largest()), Math.log(offset + spread.rootMeanSquare()), porosity,
            porosity * porosity};
    }

    /**
     * The one by which the logarithms of the largest errors are off least, in the mean of squares.
     *
     * @param largest errors [GPa]
     * @param use     which of the samples it learns from
     */
    static ErrorScale fit(double offset, double[] largest, List<AnswerSpread> spreads, IntPredicate use) {
        ErrorScale plain = new ErrorScale(offset, List.of());
        int[] samples = IntStream.range(0, largest.length).filter(use).toArray();
        double[][] features = Arrays.stream(samples).mapToObj(i -> plain.features(spreads.get(i)))
                .toArray(double[][]::new);
        // What is fitted is how far ln(o + max s), the first feature, is off.
        double[] off = IntStream.range(0, samples.length)
                .mapToDouble(i -> Math.log(offset + largest[samples[i]]) - features[i][0]).toArray();
        double[] mean = IntStream.range(0, FEATURES).mapToDouble(j -> Arrays.stream(features).mapToDouble(f -> f[j])
                .average().orElse(0)).toArray();
        double[] deviation = IntStream.range(0, FEATURES).mapToDouble(j -> Math.sqrt(Arrays.stream(features)
                .mapToDouble(f -> (f[j] - mean[j]) * (f[j] - mean[j])).average().orElse(0))).toArray();
        double meanOff = Arrays.stream(off).average().orElse(0);
        double[][] normal = new double[FEATURES][FEATURES + 1];
        for (int i = 0; i < samples.length; i++) {
            for (int j = 0; j < FEATURES; j++) {
                double z = scaled(features[i][j], mean[j], deviation[j]);
                for (int k = 0; k < FEATURES; k++) {
                    normal[j][k] += z * scaled(features[i][k], mean[k], deviation[k]);
                }
                normal[j][FEATURES] += z * (off[i] - meanOff);
            }
        }
        double[] solved = solved(normal);
        Double[] weights = new Double[FEATURES + 1];
        double constant = meanOff;
        for (int j = 0; j < FEATURES; j++) {
            double weight = deviation[j] > 0 ? solved[j] / deviation[j] : 0;
            weights[j + 1] = weight + (j == 0 ? 1 : 0);
            constant -= weight * mean[j];
        }
        weights[0] = constant;
        return new ErrorScale(offset, List.of(weights));
    }

    private static double scaled(double value, double mean, double deviation) {
        return deviation > 0 ? (value - mean) / deviation : 0;
    }

    /** Elimination; with the ridge the matrix is positive definite. */
    private static double[] solved(double[][] normal) {
        for (int j = 0; j < FEATURES; j++) {
            normal[j][j] += RIDGE;
        }
        for (int pivot = 0; pivot < FEATURES; pivot++) {
            for (int j = pivot + 1; j < FEATURES; j++) {
                double factor = normal[j][pivot] / normal[pivot][pivot];
                for (int k = pivot; k <= FEATURES; k++) {
                    normal[j][k] -= factor * normal[pivot][k];
                }
            }
        }
        double[] solution = new double[FEATURES];
        for (int j = FEATURES - 1; j >= 0; j--) {
            double sum = normal[j][FEATURES];
            for (int k = j + 1; k < FEATURES; k++) {
                sum -= normal[j][k] * solution[k];
            }
            solution[j] = sum / normal[j][j];
        }
        return solution;
    }
}
