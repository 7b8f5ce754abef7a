// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.cli.process.BadUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What goes into a bundle beside its programs. */
final class BundleSettings {
    private static final String DRIVER = "nhc_driver";

    @Option(names = "--data", paramLabel = "DATASET", arity = "1..*",
            description = "Datasets to train on there: folders, merged or slim files, or folders of slim files "
                    + "(default: none, and no training).")
    private List<Path> data = List.of();

    @Option(names = "--samples", paramLabel = "N",
            description = "At most that many of their samples, of each its share (default: all).")
    private Integer samples;

    @Option(names = "--data-mb", paramLabel = "MB", defaultValue = "20",
            description = "Size of the training files at most (default: ${DEFAULT-VALUE}).")
    private double megabytes;

    @Option(names = "--from", paramLabel = "MODEL", arity = "1..*",
            description = "Models to begin trainings with, kept in half precision (default: none).")
    private List<Path> models = List.of();

    @Option(names = "--driver", paramLabel = "FILE",
            description = "The program " + DRIVER + " of the kernels (default: the one that was built here).")
    private Path driver;

    /** Puts all of it in. @return what was put in, for people */
    String fill(BundleFolder bundle) throws IOException {
        if (samples != null && samples < 3 || !(megabytes > 0)) {
            throw new BadUsageException("--samples must be at least 3 and --data-mb positive");
        }
        Optional<Path> program = driver == null ? built() : Optional.of(driver);
        if (program.isPresent()) {
            bundle.program(program.get());
        }
        for (Path model : models) {
            bundle.model(model);
        }
        String said = program.map(file -> "").orElse("no " + DRIVER + " was built here: its steps will be left out; ");
        return said + (data.isEmpty() ? "no training files" : "training files of " + TrainingFiles.write(
                bundle.trainingFiles(), data, samples == null ? Integer.MAX_VALUE : samples,
                Math.round(1e6 * megabytes)));
    }

    private static Optional<Path> built() throws IOException {
        String launcher = System.getProperty("nanohooke.launcher");
        if (launcher == null) {
            return Optional.empty();
        }
        Path cmake = Path.of(launcher).resolveSibling("cuda-kernels").resolve("target").resolve("cmake");
        if (!Files.isDirectory(cmake)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(cmake, 3, (file, attributes) -> attributes.isRegularFile()
                && file.getFileName().toString().equals(DRIVER))) {
            return files.findFirst();
        }
    }
}
