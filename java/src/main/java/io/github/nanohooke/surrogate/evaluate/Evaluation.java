// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.evaluate;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How far predicted constants are from true ones, and how far a model that has learnt nothing would be: one that says
 * the mean of the training part whatever it is shown.
 *
 * @param samples    how many were predicted
 * @param baseline   whose mean that is, see {@link TrainingConstants#part()}
 * @param overall    errors over all constants; its RMSE is the paper's measure
 * @param constants  errors of each constant, in the order of {@link ElasticConstants}
 * @param byPorosity errors over all constants in classes of porosity that hold a sample
 */
public record Evaluation(int samples, String baseline, Errors overall, Map<String, Errors> constants,
        List<PorosityClass> byPorosity) {
    /** Of a class of porosity [%]. */
    static final int CLASS_WIDTH = 10;

    /**
     * Errors of some predictions [GPa].
     *
     * @param rmse         root of the mean squared error
     * @param meanAbsolute mean absolute error
     * @param baselineRmse RMSE of the training mean
     */
    public record Errors(double rmse, double meanAbsolute, double baselineRmse) {
    }

    /**
     * A class of porosity as designed, from {@code from} to below {@code to} [%].
     *
     * @param samples in it
     * @param errors  over all constants
     */
    public record PorosityClass(int from, int to, int samples, Errors errors) {
    }

    /** Predictions and what they are measured by: [sample][constant] in GPa, and the training mean by constant. */
    private record Comparison(double[][] predicted, double[][] targets, double[] mean) {

        Errors errors(IntPredicate sample, IntPredicate constant) {
            double squares = 0;
            double absolute = 0;
            double baseline = 0;
            int count = 0;
            for (int i = 0; i < targets.length; i++) {
                for (int k = 0; k < ElasticConstants.COUNT; k++) {
                    if (sample.test(i) && constant.test(k)) {
                        double error = predicted[i][k] - targets[i][k];
                        squares += error * error;
                        absolute += Math.abs(error);
                        baseline += (mean[k] - targets[i][k]) * (mean[k] - targets[i][k]);
                        count++;
                    }
                }
            }
            return new Errors(Math.sqrt(squares / count), absolute / count, Math.sqrt(baseline / count));
        }
    }

    /**
     * Compares.
     *
     * @param training  constants that the model has learnt from
     * @param predicted [sample][constant] in GPa
     * @param data      the truth
     * @throws SurrogateException when there are no samples
     */
    public static Evaluation of(TrainingConstants training, double[][] predicted, DatasetSamples data) {
        if (data.size() == 0) {
            throw new SurrogateException("there are no samples to evaluate by");
        }
        double[] mean = training.statistics().mean().stream().mapToDouble(Double::doubleValue).toArray();
        double[][] targets = IntStream.range(0, data.size()).mapToObj(data::constants).toArray(double[][]::new);
        double[] porosities = IntStream.range(0, data.size()).mapToDouble(data::porosity).toArray();
        return of(training.part(), new Comparison(predicted, targets, mean), porosities);
    }

    private static Evaluation of(String baseline, Comparison comparison, double[] porosities) {
        Map<String, Errors> constants = new LinkedHashMap<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            int constant = k;
            constants.put(ElasticConstants.names().get(k), comparison.errors(i -> true, c -> c == constant));
        }
        List<PorosityClass> classes = new ArrayList<>();
        for (int from = 0; from < 100; from += CLASS_WIDTH) {
            int low = from;
            IntPredicate inside = i -> porosities[i] >= low && porosities[i] < low + CLASS_WIDTH;
            int count = (int) IntStream.range(0, porosities.length).filter(inside).count();
            if (count > 0) {
                classes.add(new PorosityClass(low, low + CLASS_WIDTH, count, comparison.errors(inside, k -> true)));
            }
        }
        return new Evaluation(porosities.length, baseline, comparison.errors(i -> true, k -> true), constants, classes);
    }
}
