// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.statics.ElasticConstants;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is in a dataset, in numbers.
 *
 * @param samples     all of them
 * @param statuses    how many were kept, rejected, failed
 * @param parts       kept samples in each part
 * @param paths       kept and rejected samples by the way their minimum was found
 * @param reasons     why samples were not kept, up to the first colon, and how many
 * @param byPorosity  statuses in porosity classes 10 % wide, from 0 %
 * @param constants   of kept samples, in the usual order of the thirteen
 */
public record DatasetStatistics(
        int samples,
        Map<SampleStatus, Integer> statuses,
        Map<Part, Integer> parts,
        Map<String, Integer> paths,
        Map<String, Integer> reasons,
        List<Map<SampleStatus, Integer>> byPorosity,
        Map<String, Range> constants) {

    private static final double CLASS_WIDTH = 10;

    /**
     * Extremes and moments [GPa].
     *
     * @param deviation standard deviation
     */
    public record Range(double min, double mean, double max, double deviation) {
    }

    public static DatasetStatistics of(Dataset dataset) {
        Map<SampleStatus, Integer> statuses = new EnumMap<>(SampleStatus.class);
        Map<Part, Integer> parts = new EnumMap<>(Part.class);
        Map<String, Integer> paths = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        List<Map<SampleStatus, Integer>> byPorosity = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            SampleStatus status = dataset.status(i);
            statuses.merge(status, 1, Integer::sum);
            if (status == SampleStatus.KEPT) {
                parts.merge(dataset.part(i), 1, Integer::sum);
            } else {
                reasons.merge(dataset.reason(i).split(":", 2)[0], 1, Integer::sum);
            }
            if (status != SampleStatus.FAILED && !dataset.path(i).isEmpty()) {
                paths.merge(dataset.path(i), 1, Integer::sum);
            }
            int porosityClass = (int) (dataset.porosity(i) / CLASS_WIDTH);
            while (byPorosity.size() <= porosityClass) {
                byPorosity.add(new EnumMap<>(SampleStatus.class));
            }
            byPorosity.get(porosityClass).merge(status, 1, Integer::sum);
        }
        return new DatasetStatistics(dataset.size(), statuses, parts, paths, reasons, byPorosity, ranges(dataset));
    }

    private static Map<String, Range> ranges(Dataset dataset) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (int i = 0; i < dataset.size(); i++) {
                if (dataset.status(i) == SampleStatus.KEPT) {
                    double c = dataset.constants(i)[k];
                    min = Math.min(min, c);
                    max = Math.max(max, c);
                    sum += c;
                    squares += c * c;
                    count++;
                }
            }
            if (count > 0) {
                double mean = sum / count;
                ranges.put(ElasticConstants.names().get(k),
                        new Range(min, mean, max, Math.sqrt(Math.max(0, squares / count - mean * mean))));
            }
        }
        return ranges;
    }

    /** How many samples have this status. */
    public int count(SampleStatus status) {
        return statuses.getOrDefault(status, 0);
    }
}
