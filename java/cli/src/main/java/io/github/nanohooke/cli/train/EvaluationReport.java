// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.surrogate.evaluate.Evaluation.Errors;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.trust.Reliability;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code evaluate} tells.
 *
 * @param evaluation  by constant and by porosity
 * @param families    by family
 * @param reliability how far the model's uncertainty holds; empty where it tells none
 */
record EvaluationReport(Evaluation evaluation, List<FamilyErrors> families, Optional<Reliability> reliability) {

    String table(DatasetSamples samples, String part, boolean average) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d samples of the %s part%s, %s structures; errors in GPa%n",
                evaluation.samples(), part, average ? ", averaged over the eight symmetries" : "",
                samples.shows().label()));
        text.append(String.format("baseline: RMSE of predicting the mean of %s%n%n", evaluation.baseline()));
        text.append(String.format("%-12s %8s %10s %12s %10s%n", "", "samples", "RMSE", "mean |error|", "baseline"));
        evaluation.constants().forEach((name, errors) -> line(text, name, evaluation.samples(), errors));
        line(text, "all", evaluation.samples(), evaluation.overall());
        text.append(String.format("%nporosity, all constants%n"));
        evaluation.byPorosity().forEach(c -> line(text, c.from() + " to " + c.to() + " %", c.samples(), c.errors()));
        text.append(String.format("%n%-12s %8s %10s %12s %10s %10s%n", "family", "samples", "RMSE", "largest",
                "rel. 50 %", "rel. 95 %"));
        for (FamilyErrors f : families) {
            text.append(String.format(Locale.ROOT, "%-12s %8d %10.3f %12.2f %8.2f %% %8.2f %%%n", f.family(),
                    f.samples(), f.rmse(), f.largest(), 100 * f.relativeMedian(), 100 * f.relative95()));
        }
        reliability.ifPresent(r -> append(text, r));
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, Reliability reliability) {
        text.append(String.format("%nuncertainty: share of samples whose largest error is below it%nsaid "));
        reliability.coverage().forEach(c -> text.append(String.format(Locale.ROOT, " %4.0f", 100 * c.said())));
        text.append(String.format(" %%%nfound"));
        reliability.coverage().forEach(c -> text.append(String.format(Locale.ROOT, " %4.0f", 100 * c.found())));
        text.append(String.format(" %%%n%n--max-uncertainty   network answers   ends within   RMSE of its answers%n"));
        for (Reliability.Triage t : reliability.triage()) {
            text.append(String.format(Locale.ROOT, "%13.2f GPa %15.1f %% %11.1f %% %21s%n", t.limit(),
                    100 * t.answered(), 100 * t.within(), t.rmse() == null ? "-"
                            : String.format(Locale.ROOT, "%.3f", t.rmse())));
        }
    }

    private static void line(StringBuilder text, String label, int samples, Errors errors) {
        text.append(String.format(Locale.ROOT, "%-12s %8d %10.3f %12.3f %10.3f%n", label, samples, errors.rmse(),
                errors.meanAbsolute(), errors.baselineRmse()));
    }
}
