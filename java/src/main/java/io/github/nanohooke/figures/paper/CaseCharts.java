// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import io.github.nanohooke.figures.chart.Series.Style;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The paper's Figs. 4 to 6: lines are statics, markers the network with its uncertainty. */
final class CaseCharts {
    private CaseCharts() {
    }

    /**
     * A figure of the paper.
     *
     * @param cases of that figure
     * @param cloud C11 of training data, for Fig. 6; empty where there are none
     */
    static ChartSheet sheet(String figure, List<CaseResult> cases, Optional<PorosityCloud> cloud) {
        List<Chart> charts = new ArrayList<>(cases.stream().map(CaseCharts::chart).toList());
        if (figure.equals("fig6")) {
            cloud.ifPresent(data -> cases.forEach(result -> charts.add(withCloud(result, data))));
        }
        String title = switch (figure) {
            case "fig4" -> "Size effect (the paper's Fig. 4)";
            case "fig5" -> "Porosity and connectivity (the paper's Fig. 5)";
            default -> "A slit that grows until it cuts the box (the paper's Fig. 6)";
        };
        return new ChartSheet(title, Math.min(2, charts.size()), charts);
    }

    private static Chart chart(CaseResult result) {
        PaperCase paperCase = result.paperCase();
        double[] at = result.steps().stream().mapToDouble(CaseResult.Step::at).toArray();
        List<Series> series = new ArrayList<>();
        for (int k = 0; k < paperCase.shown().size(); k++) {
            String name = paperCase.shown().get(k);
            series.add(new Series(label(name), k, Style.LINE, at, values(result, name, CaseResult.Step::statics)));
            series.add(new Series("", k, Style.MARKERS, at, values(result, name, CaseResult.Step::network),
                    result.steps().stream().mapToDouble(step -> step.bar(name)).toArray()));
        }
        paperCase.paper().continuum().ifPresent(value -> series.add(new Series("classical continuum", 6, Style.DASHED,
                at, Arrays.stream(at).map(x -> value).toArray())));
        List<String> notes = new ArrayList<>(List.of("lines: statics; markers: network, bars: its uncertainty (95 %)"));
        notes.addAll(result.verdict());
        long outside = result.steps().stream().filter(CaseResult.Step::isOutside).count();
        if (outside > 0) {
            notes.add("without bar: " + outside + " unlike all that was calibrated");
        }
        String axis = paperCase.shown().size() == 1 ? label(paperCase.shown().get(0)) : "elastic constants";
        return new Chart(paperCase.title(), paperCase.axis(), axis + " [GPa]", series, notes);
    }

    /** C11 of the case among that of the training data. */
    private static Chart withCloud(CaseResult result, PorosityCloud cloud) {
        double[] porosity = result.steps().stream().mapToDouble(CaseResult.Step::porosity).toArray();
        List<String> notes = new ArrayList<>();
        result.paperCase().paper().cutC11().ifPresent(value -> notes.add(String.format(Locale.ROOT,
                "the paper's network where the box is cut: %.1f GPa", value)));
        return new Chart(result.paperCase().title() + ": C11 among the training data", "porosity [%]", "C11 [GPa]",
                List.of(new Series(String.format(Locale.ROOT, "%,d structures to learn from", cloud.size()), -1,
                        Style.CLOUD, cloud.porosity(), cloud.values("C11")),
                        new Series("statics", 0, Style.LINE, porosity,
                                values(result, "C11", CaseResult.Step::statics)),
                        new Series("network", 2, Style.MARKERS, porosity,
                                values(result, "C11", CaseResult.Step::network),
                                result.steps().stream().mapToDouble(step -> step.bar("C11")).toArray())), notes);
    }

    private static double[] values(CaseResult result, String name, Function<CaseResult.Step, ElasticTensor> of) {
        return IntStream.range(0, result.steps().size())
                .mapToDouble(i -> CaseResult.value(of.apply(result.steps().get(i)), name)).toArray();
    }

    private static String label(String name) {
        return name.equals(PaperCase.BULK_MODULUS) ? "K" : name;
    }
}
