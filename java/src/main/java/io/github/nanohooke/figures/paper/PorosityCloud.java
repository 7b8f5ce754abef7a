// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series.Style;
import io.github.nanohooke.figures.chart.Series;
import io.github.nanohooke.structure.source.StructureSources;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Constants of datasets' samples against porosity: the paper's Fig. 3, and what a network has learnt from. */
public final class PorosityCloud {
    private final List<double[]> constants = new ArrayList<>();
    private final List<Double> porosity = new ArrayList<>();
    private final List<String> families = new ArrayList<>();

    /** Of all parts, the paper's families; all families where none is the paper's. */
    public static PorosityCloud ofPaper(List<Dataset> datasets) {
        List<DatasetSamples> parts = Stream.of(Part.values()).map(part -> DatasetSamples.of(datasets, part)).toList();
        PorosityCloud cloud = new PorosityCloud();
        parts.forEach(samples -> cloud.add(samples, StructureSources.ofPaper()::contains));
        if (cloud.size() == 0) {
            parts.forEach(samples -> cloud.add(samples, family -> true));
        }
        return cloud;
    }

    /** What networks learn from: the training part. */
    public static PorosityCloud ofTraining(List<Dataset> datasets) {
        PorosityCloud cloud = new PorosityCloud();
        cloud.add(DatasetSamples.of(datasets, Part.TRAINING), family -> true);
        return cloud;
    }

    private void add(DatasetSamples samples, Predicate<String> family) {
        for (int i = 0; i < samples.size(); i++) {
            if (!family.test(samples.family(i))) {
                continue;
            }
            constants.add(samples.constants(i));
            porosity.add(samples.porosity(i));
            families.add(samples.family(i));
        }
    }

    /** Number of samples. */
    public int size() {
        return constants.size();
    }

    double[] porosity() {
        return porosity.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double[] values(String constant) {
        int k = ElasticConstants.indexOf(constant);
        return constants.stream().mapToDouble(c -> c[k]).toArray();
    }

    /** A panel for each of the thirteen. */
    public ChartSheet sheet() {
        List<Chart> charts = ElasticConstants.names().stream()
                .map(name -> new Chart(name, "porosity [%]", name + " [GPa]", series(name), List.of())).toList();
        return new ChartSheet(String.format(Locale.ROOT, "Elastic constants of %,d structures (the paper's "
                + "Fig. 3)", size()), 4, charts);
    }

    private List<Series> series(String constant) {
        double[] values = values(constant);
        List<Series> series = new ArrayList<>();
        for (String family : new TreeSet<>(families)) {
            int[] of = IntStream.range(0, size()).filter(i -> families.get(i).equals(family)).toArray();
            series.add(new Series(family, 1 + series.size(), Style.CLOUD,
                    IntStream.of(of).mapToDouble(porosity::get).toArray(),
                    IntStream.of(of).mapToDouble(i -> values[i]).toArray()));
        }
        return series;
    }
}
