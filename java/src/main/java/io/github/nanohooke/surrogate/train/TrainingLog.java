// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The run's history as CSV, one line an epoch. The whole file is written each time, from the history in the checkpoint,
 * so that a resumed run leaves the same file as one that was never interrupted (but for the seconds).
 */
final class TrainingLog {
    private static final String NAME = "training.csv";

    private TrainingLog() {
    }

    static Path file(Path folder) {
        return folder.resolve(NAME);
    }

    static void write(Path folder, List<EpochRecord> history) {
        StringBuilder csv = new StringBuilder(Csv.line("epoch", "step", "learning_rate", "training_rmse_GPa",
                "validation_rmse_GPa", "validation_relative_error", "best",
                ElasticConstants.names().stream().map(name -> "validation_" + name + "_rmse_GPa").toList(), "seconds"));
        for (EpochRecord e : history) {
            csv.append(Csv.line(e.epoch(), e.step(), format("%.6g", e.rate()), format("%.6f", e.trainingRmse()),
                    format("%.6f", e.validation().rmse()), format("%.6f", e.relative()), e.best() ? 1 : 0,
                    e.validation().perConstant().stream().map(v -> format("%.6f", v)).toList(),
                    format("%.3f", e.seconds())));
        }
        AtomicFile.writeText(file(folder), csv);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
