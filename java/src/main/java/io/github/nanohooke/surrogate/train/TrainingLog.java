// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
        StringBuilder csv = new StringBuilder("epoch,step,learning_rate,training_rmse_GPa,validation_rmse_GPa,best");
        ElasticConstants.names().forEach(name -> csv.append(",validation_").append(name).append("_rmse_GPa"));
        csv.append(",seconds\n");
        for (EpochRecord e : history) {
            csv.append(String.format(Locale.ROOT, "%d,%d,%.6g,%.6f,%.6f,%d,%s,%.3f%n", e.epoch(), e.step(), e.rate(),
                    e.trainingRmse(), e.validation().rmse(), e.best() ? 1 : 0,
                    e.validation().perConstant().stream().map(v -> String.format(Locale.ROOT, "%.6f", v))
                            .collect(Collectors.joining(",")), e.seconds()));
        }
        AtomicFile.writeText(file(folder), csv);
    }
}
