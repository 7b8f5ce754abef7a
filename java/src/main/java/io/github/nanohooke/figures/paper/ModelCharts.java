// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import io.github.nanohooke.figures.chart.Series.Style;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.trust.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a network is worth on structures that it never saw. */
final class ModelCharts {
    private ModelCharts() {
    }

    /** RMSE by porosity and by family. */
    static ChartSheet errors(Evaluation evaluation, List<FamilyErrors> families, String of) {
        double[] porosity = evaluation.byPorosity().stream().mapToDouble(c -> (c.from() + c.to()) / 2.0).toArray();
        double[] rmse = evaluation.byPorosity().stream().mapToDouble(c -> c.errors().rmse()).toArray();
        double[] place = IntStream.rangeClosed(1, families.size()).asDoubleStream().toArray();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < families.size(); k++) {
            FamilyErrors f = families.get(k);
            names.add(String.format(Locale.ROOT, "%d: %s (%d), RMSE %.2f GPa", k + 1, f.family(), f.samples(),
                    f.rmse()));
        }
        return new ChartSheet("Errors on structures that the network never saw" + of, 2, List.of(
                new Chart("by porosity", "porosity [%]", "RMSE over all constants [GPa]",
                        List.of(new Series("", 1, Style.LINE, porosity, rmse),
                                new Series("", 1, Style.MARKERS, porosity, rmse)), List.of()),
                new Chart("by family", "family", "RMSE over all constants [GPa]",
                        // The zero, and room on either side.
                        List.of(new Series("", 0, Style.LINE, new double[] {0, families.size() + 1}, new double[2]),
                                new Series("", 2, Style.MARKERS, place,
                                        families.stream().mapToDouble(FamilyErrors::rmse).toArray())), names)));
    }

    /** What share of samples a bound was to hold for, and for what share it did; what asking statics brings. */
    static ChartSheet reliability(Reliability reliability, String of) {
        double[] said = reliability.coverage().stream().mapToDouble(c -> 100 * c.said()).toArray();
        double[] found = reliability.coverage().stream().mapToDouble(c -> 100 * c.found()).toArray();
        double[] limits = reliability.triage().stream().mapToDouble(Reliability.Triage::limit).toArray();
        Chart diagram = new Chart("reliability", "share that was to stay within its bound [%]", "share that did [%]",
                List.of(new Series("perfect", 0, Style.DASHED, new double[] {0, 100}, new double[] {0, 100}),
                        new Series("found", 1, Style.MARKERS, said, found)), List.of());
        double[] answered = reliability.triage().stream().mapToDouble(t -> 100 * t.answered()).toArray();
        double[] within = reliability.triage().stream().mapToDouble(t -> 100 * t.within()).toArray();
        Chart triage = new Chart("--max-uncertainty with --fallback statics", "limit [GPa]", "share of structures [%]",
                List.of(new Series("answered by the network", 1, Style.LINE, limits, answered),
                        new Series("ends within the limit", 3, Style.LINE, limits, within)), List.of());
        return new ChartSheet(String.format(Locale.ROOT, "Does the uncertainty hold? %d structures that neither the "
                + "network nor its calibration saw%s", reliability.samples(), of), 2, List.of(diagram, triage));
    }
}
