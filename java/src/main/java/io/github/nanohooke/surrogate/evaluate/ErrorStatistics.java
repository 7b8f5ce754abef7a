// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.evaluate;

import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Errors of predicted constants.
 *
 * @param count        images
 * @param rmse         root of the mean squared error over images and constants [GPa], the paper's measure
 * @param perConstant  the same for each constant [GPa]
 */
public record ErrorStatistics(int count, double rmse, List<Double> perConstant) {
    public ErrorStatistics {
        perConstant = List.copyOf(perConstant);
    }

    /** Collects pairs of predicted and true constants. */
    public static final class Collector {
        private final double[] squares = new double[ElasticConstants.COUNT];
        private int count;

        /** Thirteen constants of one image, predicted and true [GPa]. */
        public void add(double[] predicted, double[] target) {
            for (int k = 0; k < squares.length; k++) {
                double difference = predicted[k] - target[k];
                squares[k] += difference * difference;
            }
            count++;
        }

        /** Of all that were added. */
        public ErrorStatistics statistics() {
            List<Double> each = new ArrayList<>(Collections.nCopies(squares.length, 0.0));
            double sum = 0;
            for (int k = 0; k < squares.length; k++) {
                each.set(k, Math.sqrt(squares[k] / count));
                sum += squares[k];
            }
            return new ErrorStatistics(count, Math.sqrt(sum / squares.length / count), each);
        }
    }
}
