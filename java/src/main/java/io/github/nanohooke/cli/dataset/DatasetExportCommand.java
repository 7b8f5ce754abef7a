// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.Dataset;
import io.github.nanohooke.dataset.DatasetExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write a dataset as NPZ (everything) or CSV (numbers, without images and pores).",
        footer = {
            "",
            "In Python:",
            "  d = numpy.load('data.npz')",
            "  kept = d['status'] == 0",
            "  image = numpy.unpackbits(d['image_relaxed'][0], bitorder='little').reshape(256, 256)   # 1 is solid",
            "",
            "Example:",
            "  nanohooke dataset export data --npz data.npz --csv data.csv"
        })
final class DatasetExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", description = "A dataset's folder or its merged file.")
    private Path path;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Targets targets;

    private static final class Targets {
        @Option(names = "--npz", paramLabel = "FILE", description = "NPZ file to write.")
        private Path npz;

        @Option(names = "--csv", paramLabel = "FILE", description = "CSV file to write.")
        private Path csv;
    }

    @Override
    public Integer call() throws IOException {
        Dataset dataset = Dataset.open(path);
        if (targets.npz != null) {
            DatasetExport.npz(dataset, targets.npz);
        }
        if (targets.csv != null) {
            DatasetExport.csv(dataset, targets.csv);
        }
        return ExitCodes.OK;
    }
}
