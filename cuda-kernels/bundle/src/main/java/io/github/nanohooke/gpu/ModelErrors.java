// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SamplePredictions;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.List;
import java.util.stream.Collectors;

/** The errors of a network that was trained: of each constant, and by family, averaged; and what {@code cpu} says. */
final class ModelErrors {
    private static final String NAME = "the trained model";
    private static final int COMPARED = 64;
    /** Seconds. */
    private static final double LEAST_FOR_AVERAGE = 3;

    private final Findings findings;
    private final SurrogateOptions options;

    /** @param options how it predicts */
    ModelErrors(Findings findings, SurrogateOptions options) {
        this.findings = findings;
        this.options = options;
    }

    /** Of one prediction a sample. @return the RMSE on validation and test part [GPa] */
    double[] single(ModelFile model, DatasetSamples validation, DatasetSamples test) {
        try (ElasticSurrogate surrogate = ElasticSurrogate.of(NAME, model, options)) {
            Findings.Table table = findings.table("Errors of the best network [GPa]", "part", "samples", "RMSE",
                    "of each constant: " + String.join(" ", ElasticConstants.names()));
            double[] rmse = {errors(table, Part.VALIDATION, surrogate, validation),
                errors(table, Part.TEST, surrogate, test)};
            double difference = difference(surrogate, model, test);
            table.row("largest difference from the backend cpu", Math.min(COMPARED, test.size()),
                    Findings.digits(difference), "");
            if (!(difference < 1e-3)) {
                findings.failure("predictions differ from those of the backend cpu by " + difference + " GPa");
            }
            return rmse;
        }
    }

    /** Averaged over eight orientations, by family; where there is no time left for it, that is told. */
    void averaged(ModelFile model, DatasetSamples test) {
        double left = findings.secondsLeft();
        if (left < LEAST_FOR_AVERAGE) {
            findings.table("Not computed", "what", "why").row("errors averaged over eight orientations",
                    Findings.digits(left) + " s were left");
            return;
        }
        try (ElasticSurrogate average = ElasticSurrogate.of(NAME, model, options.withAverage(true))) {
            Findings.Table table = findings.table("Errors on the test part, averaged over eight orientations", "family",
                    "samples", "RMSE [GPa]", "largest [GPa]", "relative error, median [%]", "95th percentile [%]");
            for (FamilyErrors family : FamilyErrors.of(SamplePredictions.of(average, test), test)) {
                table.row(family.family(), family.samples(), Findings.digits(family.rmse()),
                        Findings.digits(family.largest()), Findings.digits(100 * family.relativeMedian()),
                        Findings.digits(100 * family.relative95()));
            }
        }
    }

    /** A row of the table. @return the RMSE over all constants [GPa] */
    private static double errors(Findings.Table table, Part part, ElasticSurrogate surrogate, TrainingData data) {
        double[][] predicted = SamplePredictions.of(surrogate, data);
        ErrorStatistics.Collector collector = new ErrorStatistics.Collector();
        for (int i = 0; i < predicted.length; i++) {
            collector.add(predicted[i], data.constants(i));
        }
        ErrorStatistics errors = collector.statistics();
        table.row(part, data.size(), Findings.digits(errors.rmse()), errors.perConstant().stream()
                .map(Findings::digits).collect(Collectors.joining(" ")));
        return errors.rmse();
    }

    private static double difference(ElasticSurrogate surrogate, ModelFile model, TrainingData data) {
        double worst = 0;
        double[] ours = new double[ElasticConstants.COUNT];
        double[] theirs = new double[ElasticConstants.COUNT];
        try (ElasticSurrogate cpu = ElasticSurrogate.of(NAME, model, SurrogateOptions.defaults())) {
            for (int i = 0; i < Math.min(COMPARED, data.size()); i++) {
                surrogate.predict(List.of(data.image(i)), ours);
                cpu.predict(List.of(data.image(i)), theirs);
                for (int k = 0; k < ours.length; k++) {
                    worst = Math.max(worst, Math.abs(ours[k] - theirs[k]));
                }
            }
        }
        return worst;
    }
}
