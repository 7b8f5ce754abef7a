// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetExport;
import io.github.nanohooke.dataset.store.SlimExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write a dataset as NPZ (everything), CSV (numbers, without images and pores) or slim files (kept"
                + " samples, as training needs them).",
        footer = {
            "",
            "In Python:",
            "  d = numpy.load('data.npz')",
            "  kept = d['status'] == 0",
            "  bits = numpy.unpackbits(d['image_relaxed'][0], bitorder='little')",
            "  image = bits.reshape(256, 256)   # 1 is solid",
            "",
            "Example:",
            "  nanohooke dataset export data --npz data.npz --csv data.csv",
            "  nanohooke dataset export data --slim slim",
            "  nanohooke train slim/*.nhs --out model",
            "",
            "Slim files hold images, constants (single precision), porosity, family and cells of the kept samples in",
            "whole shards, of complete datasets or not, in a tenth of the room; 'train' and 'evaluate' read them."
                    + " Several",
            "PATHs of one plan, as different machines made them by --first-index, become one."
        })
final class DatasetExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*",
            description = "A dataset's folder or its merged file; several for --slim.")
    private List<Path> paths;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Targets targets;

    private static final class Targets {
        @Option(names = "--npz", paramLabel = "FILE", description = "NPZ file to write.")
        private Path npz;

        @Option(names = "--csv", paramLabel = "FILE", description = "CSV file to write.")
        private Path csv;

        @Option(names = "--slim", paramLabel = "DIR", description = "Folder for slim files.")
        private Path slim;
    }

    @Option(names = "--file-mb", paramLabel = "MB", defaultValue = "19",
            description = "Largest slim file, MB of a million bytes (default: ${DEFAULT-VALUE}).")
    private double fileMb;

    @Option(names = "--samples", paramLabel = "N", description = "Only the first N kept samples, for --slim.")
    private Long samples;

    @Option(names = "--part", paramLabel = "PART",
            description = "Put all samples of the slim files into that part: ${COMPLETION-CANDIDATES} (default: that"
                    + " which seed and index drew). Files of the part TEST are never trained from.")
    private Part part;

    @Override
    public Integer call() throws IOException {
        requireSense();
        if (targets.slim != null) {
            SlimExport.Report report = SlimExport.write(paths, targets.slim, Math.round(fileMb * 1e6),
                    samples == null ? Long.MAX_VALUE : samples, Optional.ofNullable(part));
            report.files().forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getErr().println("nanohooke: " + report.samples() + " samples in "
                    + report.files().size() + " files");
        }
        if (targets.npz == null && targets.csv == null) {
            return ExitCodes.OK;
        }
        Dataset dataset = Dataset.open(paths.get(0));
        if (targets.npz != null) {
            DatasetExport.npz(dataset, targets.npz);
        }
        if (targets.csv != null) {
            DatasetExport.csv(dataset, targets.csv);
        }
        return ExitCodes.OK;
    }

    /** Before the first file is written. */
    private void requireSense() throws IOException {
        if (targets.slim == null) {
            GivenOptions.refuse(spec, "is for --slim", "--file-mb", "--samples", "--part");
        }
        if (!(fileMb > 0 && fileMb < 1e6)) {
            throw new BadUsageException("--file-mb must be a positive number, got " + fileMb);
        }
        if (samples != null && samples < 1) {
            throw new BadUsageException("--samples must be at least 1, got " + samples);
        }
        if (targets.npz == null && targets.csv == null) {
            return;
        }
        if (paths.size() > 1) {
            throw new BadUsageException("--npz and --csv take one dataset, got " + paths.size()
                    + "; merge them, or use --slim");
        }
        for (Path target : Stream.of(targets.npz, targets.csv).filter(Objects::nonNull).toList()) {
            DatasetExport.requireElsewhere(target, paths.get(0));
            OutputFolder.requireWritable(target);
        }
    }
}
