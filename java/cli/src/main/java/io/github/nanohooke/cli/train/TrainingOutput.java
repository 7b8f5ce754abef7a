// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.surrogate.train.Training;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a training run puts things: the model, and beside it a folder with the checkpoints, the log and the curve.
 *
 * @param model  NAME.safetensors
 * @param folder NAME.training
 */
record TrainingOutput(Path model, Path folder) {
    private static final String SUFFIX = ".safetensors";

    /** @param out with or without {@code .safetensors} */
    static TrainingOutput at(Path out) {
        String file = out.getFileName() == null ? "" : out.getFileName().toString();
        String name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
        if (name.isEmpty() || Files.isDirectory(out)) {
            throw new BadUsageException("--out names the model, for example model.safetensors; " + out
                    + " is a folder");
        }
        return new TrainingOutput(out.resolveSibling(name + SUFFIX), out.resolveSibling(name + ".training"));
    }

    /** The loss curve. */
    Path curve() {
        return folder.resolve("training.png");
    }

    boolean begun() {
        return Training.begunIn(folder);
    }

    /** @throws BadUsageException when a run or a model is there that a new run would replace, or no file can be made */
    void requireUsable(boolean resume) {
        if (begun() && !resume) {
            throw new BadUsageException("a run was begun in " + folder + "; go on with it by --resume, or give another"
                    + " --out");
        }
        if (Files.exists(model) && !begun()) {
            throw new BadUsageException("there is a model in " + model + " already, and no run beside it to go on with;"
                    + " give another --out");
        }
        OutputFolder.open(folder);
    }
}
