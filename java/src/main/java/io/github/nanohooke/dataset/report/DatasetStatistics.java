// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.report;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.tensor.ElasticConstants;
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
 * @param byPorosity  outcomes in porosity classes 10 % wide, from 0 %
 * @param constants   of kept samples, in the usual order of the thirteen
 */
public record DatasetStatistics(
        int samples,
        Map<SampleStatus, Integer> statuses,
        Map<Part, Integer> parts,
        Map<String, Integer> paths,
        Map<String, Integer> reasons,
        List<PorosityClass> byPorosity,
        Map<String, Range> constants) {

    private static final double CLASS_WIDTH = 10;

    /**
     * Outcomes of samples of similar porosity.
     *
     * @param statuses how many were kept, rejected, failed
     * @param kept     kept samples by the way their minimum was found
     * @param reasons  why the others were not kept, up to the first colon, and how many
     */
    public record PorosityClass(Map<SampleStatus, Integer> statuses, Map<String, Integer> kept,
            Map<String, Integer> reasons) {
        private PorosityClass() {
            this(new EnumMap<>(SampleStatus.class), new TreeMap<>(), new TreeMap<>());
        }

        private void add(SampleStatus status, String path, String reason) {
            statuses.merge(status, 1, Integer::sum);
            (status == SampleStatus.KEPT ? kept : reasons)
                    .merge(status == SampleStatus.KEPT ? path : reason, 1, Integer::sum);
        }

        /** All samples of the class. */
        public int samples() {
            return statuses.values().stream().mapToInt(n -> n).sum();
        }
    }

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
        List<PorosityClass> byPorosity = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            SampleStatus status = dataset.status(i);
            String reason = dataset.reason(i).split(":", 2)[0];
            statuses.merge(status, 1, Integer::sum);
            if (status == SampleStatus.KEPT) {
                parts.merge(dataset.part(i), 1, Integer::sum);
            } else {
                reasons.merge(reason, 1, Integer::sum);
            }
            if (status != SampleStatus.FAILED && !dataset.path(i).isEmpty()) {
                paths.merge(dataset.path(i), 1, Integer::sum);
            }
            int porosityClass = (int) (dataset.porosity(i) / CLASS_WIDTH);
            while (byPorosity.size() <= porosityClass) {
                byPorosity.add(new PorosityClass());
            }
            byPorosity.get(porosityClass).add(status, dataset.path(i), reason);
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
