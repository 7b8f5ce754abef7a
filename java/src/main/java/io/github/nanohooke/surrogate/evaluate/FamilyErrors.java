// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.evaluate;

import io.github.nanohooke.structure.source.StructureSources;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Errors of predictions for the structures of one family.
 *
 * @param family            or {@link #PAPER} or {@link #ALL}
 * @param samples           of it
 * @param rmse              over all constants [GPa]
 * @param largest           error of a constant [GPa]
 * @param relativeMedian    median of |C - C'| / |C'| in the Frobenius norm of the 6 x 6 tensors
 * @param relative95        its 95th percentile
 * @param positiveSemidefinite share of predicted tensors that are
 */
public record FamilyErrors(String family, int samples, double rmse, double largest, double relativeMedian,
        double relative95, double positiveSemidefinite) {
    /** Name of the row for the paper's three families together. */
    public static final String PAPER = "paper";
    /** Name of the row for all families together. */
    public static final String ALL = "all";

    /** Below this share of the largest one an eigenvalue is zero but for rounding. */
    private static final double ZERO = 1e-9;

    /**
     * A row for each family, in the order of names, one for the paper's three together where all of them are there and
     * others too, and one for all.
     *
     * @param predicted [sample][constant] in GPa
     */
    public static List<FamilyErrors> of(double[][] predicted, DatasetSamples data) {
        Map<String, List<Integer>> members = new TreeMap<>();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            members.computeIfAbsent(data.family(i), f -> new ArrayList<>()).add(i);
            all.add(i);
        }
        List<FamilyErrors> rows = new ArrayList<>();
        members.forEach((family, samples) -> rows.add(of(family, samples, predicted, data)));
        List<String> paper = StructureSources.ofPaper();
        if (members.keySet().containsAll(paper) && members.size() > paper.size()) {
            rows.add(of(PAPER, all.stream().filter(i -> paper.contains(data.family(i))).toList(), predicted, data));
        }
        if (rows.size() > 1) {
            rows.add(of(ALL, all, predicted, data));
        }
        return rows;
    }

    private static FamilyErrors of(String family, List<Integer> samples, double[][] predicted, DatasetSamples data) {
        double squares = 0;
        double largest = 0;
        int semidefinite = 0;
        double[] relative = new double[samples.size()];
        for (int n = 0; n < relative.length; n++) {
            double[] said = predicted[samples.get(n)];
            double[] truth = data.constants(samples.get(n));
            for (int k = 0; k < truth.length; k++) {
                squares += (said[k] - truth[k]) * (said[k] - truth[k]);
                largest = Math.max(largest, Math.abs(said[k] - truth[k]));
            }
            ElasticTensor tensor = ElasticConstants.toTensor(said);
            relative[n] = norm(tensor, ElasticConstants.toTensor(truth))
                    / norm(ElasticConstants.toTensor(truth), ElasticConstants.toTensor(new double[truth.length]));
            double[] eigenvalues = tensor.eigenvalues();
            semidefinite += eigenvalues[0] >= -ZERO * eigenvalues[eigenvalues.length - 1] ? 1 : 0;
        }
        Arrays.sort(relative);
        return new FamilyErrors(family, relative.length,
                Math.sqrt(squares / relative.length / ElasticConstants.COUNT), largest, at(relative, 0.5),
                at(relative, 0.95), (double) semidefinite / relative.length);
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    private static double norm(ElasticTensor a, ElasticTensor b) {
        double squares = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                squares += (a.get(i, j) - b.get(i, j)) * (a.get(i, j) - b.get(i, j));
            }
        }
        return Math.sqrt(squares);
    }
}
