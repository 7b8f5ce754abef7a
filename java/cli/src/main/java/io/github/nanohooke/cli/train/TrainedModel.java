// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.ModelFile.Precision;
import io.github.nanohooke.surrogate.predict.HalfPrecisionLoss;
import io.github.nanohooke.surrogate.predict.HalfPrecisionLoss.Choice;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The best network of a run: its file, and its errors on the validation part as a table. */
final class TrainedModel {
    /** Half precision must move every prediction by less than this [GPa]. */
    static final double HALF_LIMIT = 0.01;

    private final ModelFile model;
    private final EpochRecord best;
    private final int epochs;

    private TrainedModel(ModelFile model, EpochRecord best, int epochs) {
        this.model = model;
        this.best = best;
        this.epochs = epochs;
    }

    /** The best network of a run; none as long as no epoch is done. */
    static Optional<TrainedModel> of(Training.Result result, Map<String, String> provenance) {
        return result.history().stream().filter(EpochRecord::best)
                .max(Comparator.comparingInt(EpochRecord::epoch))
                .map(best -> new TrainedModel(result.model().with(provenance, metrics(best)), best,
                        result.history().size()));
    }

    private static Map<String, Double> metrics(EpochRecord best) {
        Map<String, Double> metrics = new TreeMap<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            metrics.put("validation_" + ElasticConstants.names().get(k) + "_rmse_GPa",
                    best.validation().perConstant().get(k));
        }
        metrics.put("validation_samples", (double) best.validation().count());
        return metrics;
    }

    /** Writes the parameters as they are. */
    void write(Path file) {
        model.write(file, Precision.SINGLE);
    }

    /**
     * Writes in half precision what moves no prediction of the validation part by {@link #HALF_LIMIT} or more.
     *
     * @return what is in half precision now; where nothing is, the file stays as it was
     */
    Choice writeHalf(Path file, TrainingData validation, SurrogateOptions options) {
        Choice choice = HalfPrecisionLoss.within(HALF_LIMIT, model, validation, options);
        if (!choice.halves().isEmpty()) {
            halved(model, choice).write(file, choice.halves());
        }
        return choice;
    }

    /** The model that says which of its parameters are stored in half precision, and what that changes. */
    static ModelFile halved(ModelFile model, Choice choice) {
        return model.with(Map.of("half precision", String.join(" ", new TreeSet<>(choice.halves()))),
                Map.of("half_precision_difference_GPa", choice.difference()));
    }

    /** For people: where the model is, and its validation errors. */
    String table(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "model          %s (%.1f MB)%n", file, Files.size(file) * 1e-6));
        text.append(String.format(Locale.ROOT, "epochs         %d, the best is %d%n", epochs, best.epoch()));
        text.append(String.format(Locale.ROOT, "validation     %d samples, RMSE %.3f GPa over all constants%n%n",
                best.validation().count(), best.validation().rmse()));
        text.append(String.format("RMSE of each constant [GPa], validation part%n"));
        List<String> names = ElasticConstants.names();
        for (int k = 0; k < names.size(); k++) {
            text.append(String.format(Locale.ROOT, "  %s %8.3f", names.get(k), best.validation().perConstant().get(k)));
            text.append(k % 5 == 4 || k == names.size() - 1 ? System.lineSeparator() : "");
        }
        return text.toString();
    }
}
