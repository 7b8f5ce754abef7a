// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.figures.ParityFigure;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.trust.Reliability;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Figures in a folder, each as PNG, SVG and CSV. */
public final class PaperFigures {
    private final Path folder;
    private final List<Written> written = new ArrayList<>();

    /**
     * A figure that was written.
     *
     * @param id    the files' name without its ending
     * @param title for people
     */
    public record Written(String id, String title) {
        public Path png(Path folder) {
            return folder.resolve(id + ".png");
        }
    }

    public PaperFigures(Path folder) {
        this.folder = folder;
    }

    /** What there is so far, in the order of writing. */
    public List<Written> written() {
        return List.copyOf(written);
    }

    /** Fig. 3. */
    public void cloud(PorosityCloud cloud) {
        write("fig3", cloud.sheet());
    }

    /** Fig. 4, 5 or 6; nothing where there is no case of it. */
    public void cases(String figure, List<CaseResult> results, Optional<PorosityCloud> cloud) {
        List<CaseResult> of = results.stream().filter(r -> r.paperCase().figure().equals(figure)
                && !r.steps().isEmpty()).toList();
        if (!of.isEmpty()) {
            write(figure, CaseCharts.sheet(figure, of, cloud));
        }
    }

    /** What a network is worth on structures of one kind; those of others than relaxed ones are named so. */
    public void errors(Evaluation evaluation, List<FamilyErrors> families, Shows shows) {
        write("errors" + suffix(shows), ModelCharts.errors(evaluation, families, of(shows)));
    }

    /** As {@link #errors}: how far its uncertainty holds. */
    public void reliability(Reliability reliability, Shows shows) {
        write("reliability" + suffix(shows), ModelCharts.reliability(reliability, of(shows)));
    }

    private static String suffix(Shows shows) {
        return shows == Shows.RELAXED ? "" : "-" + shows.label();
    }

    private static String of(Shows shows) {
        return shows == Shows.RELAXED ? "" : " (" + shows.label() + ")";
    }

    public void learning(List<LearningCurve> curves) {
        write("learning", LearningCurve.chart(curves));
    }

    /** Predicted against true constants. */
    public void parity(Evaluation evaluation, double[][] predicted, DatasetSamples data) {
        String id = "parity" + suffix(data.shows());
        String title = String.format(Locale.ROOT, "Predicted against true: %d structures that the network never saw, "
                + "RMSE %.2f GPa%s", evaluation.samples(), evaluation.overall().rmse(), of(data.shows()));
        for (String ending : List.of(".png", ".svg")) {
            ParityFigure.write(folder.resolve(id + ending), title, evaluation, predicted, data);
        }
        AtomicFile.writeText(folder.resolve(id + ".csv"), out -> {
            out.append(Csv.line("sample", "constant", "true_GPa", "predicted_GPa"));
            for (int i = 0; i < predicted.length; i++) {
                double[] truth = data.constants(i);
                for (int k = 0; k < truth.length; k++) {
                    out.append(Csv.line(i, ElasticConstants.names().get(k), truth[k], predicted[i][k]));
                }
            }
        });
        written.add(new Written(id, title));
    }

    private void write(String id, ChartSheet sheet) {
        sheet.write(folder.resolve(id + ".png"));
        sheet.write(folder.resolve(id + ".svg"));
        sheet.writeCsv(folder.resolve(id + ".csv"));
        written.add(new Written(id, sheet.title()));
    }
}
