// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the force would be with the tensors of a better source at every point, told by some points that were drawn at
 * random. To first order, the force changes by the sum of what the differences change it by at each point; of a point
 * that carries much of the force that is much. Its share in what the drawn points carry is taken for that of all points
 * (ratio estimate: what each point carries is known). The network is the control variate, statics at a few hundred
 * points tells its bias. What is left out is of second order in the differences, and makes the estimate too high, since
 * the energy of a given displacement is concave in the tensors: by 0.07 % where they are 0.7 GPa (root mean square) at
 * the points of the standard part.
 *
 * @param points        that were drawn
 * @param force         [N/m]
 * @param standardError by the choice of points [N/m]; zero where all were drawn
 * @param bias          of the thirteen constants: mean of the source at hand less the better one [GPa]
 * @param rmse          over all constants of the drawn points [GPa]
 */
public record SampledForce(int points, double force, double standardError, List<Double> bias, double rmse) {
    public SampledForce {
        bias = List.copyOf(bias);
    }

    /**
     * Estimates.
     *
     * @param result of the source at hand
     * @param own    its tensors, of all points
     * @param drawn  points, each once
     * @param better tensors of these points [GPa]
     */
    public static SampledForce of(GradedCantilever.Result result, List<UncertainTensor> own, List<Integer> drawn,
            List<ElasticTensor> better) {
        ForceSensitivity sensitivity = result.sensitivity();
        int all = sensitivity.points();
        int n = drawn.size();
        double[] bias = new double[ElasticConstants.COUNT];
        double[] changes = new double[n];
        double[] carried = new double[n];
        double errors = 0;
        for (int k = 0; k < n; k++) {
            ElasticTensor said = own.get(drawn.get(k)).tensor();
            double[] ours = ElasticConstants.of(said);
            double[] theirs = ElasticConstants.of(better.get(k));
            for (int c = 0; c < bias.length; c++) {
                double error = ours[c] - theirs[c];
                bias[c] += error / n;
                errors += error * error / bias.length / n;
            }
            changes[k] = sensitivity.change(drawn.get(k), difference(better.get(k), said));
            carried[k] = sensitivity.change(drawn.get(k), said);
        }
        double ratio = Arrays.stream(changes).sum() / Arrays.stream(carried).sum();
        double squares = 0;
        for (int k = 0; k < n; k++) {
            squares += Math.pow(changes[k] - ratio * carried[k], 2);
        }
        double error = n == all ? 0 : all * Math.sqrt(squares / (n - 1) / n * (1 - (double) n / all));
        double whole = IntStream.range(0, all).mapToDouble(k -> sensitivity.change(k, own.get(k).tensor())).sum();
        return new SampledForce(n, result.force() + ratio * whole, error,
                Arrays.stream(bias).boxed().toList(), Math.sqrt(errors));
    }

    private static ElasticTensor difference(ElasticTensor a, ElasticTensor b) {
        double[][] c = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                c[i][j] = a.symmetric().get(i, j) - b.symmetric().get(i, j);
            }
        }
        return ElasticTensor.of(c);
    }
}
