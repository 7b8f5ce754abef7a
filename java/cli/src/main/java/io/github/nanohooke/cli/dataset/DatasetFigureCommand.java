// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.figures.DatasetFigure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "figure",
        mixinStandardHelpOptions = true,
        description = "Draw a dataset like the paper's Fig. 3: the thirteen constants against porosity.",
        footer = {"", "Example:", "  nanohooke dataset figure data --out fig3.png --out fig3.svg"})
final class DatasetFigureCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "A dataset's folder or its merged file.")
    private Path path;

    @Option(names = "--out", required = true, paramLabel = "FILE",
            description = "File to write, .png or .svg; may be repeated.")
    private List<Path> files;

    @Override
    public Integer call() throws IOException {
        files.forEach(BadUsageException::requireFigure);
        Dataset dataset = Dataset.open(path);
        for (Path file : files) {
            DatasetFigure.write(dataset, file);
        }
        return ExitCodes.OK;
    }
}
