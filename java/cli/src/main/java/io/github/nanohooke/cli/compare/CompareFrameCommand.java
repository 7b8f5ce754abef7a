// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.comparison.FrameComparison;
import io.github.nanohooke.comparison.FrameRow;
import io.github.nanohooke.comparison.FrameSummary;
import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "frame",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What the axes of the input changed in datasets whose tensors are in LAMMPS' cell.",
            "Samples are made again and compared with what is stored, as it is and turned into the input's axes by "
                    + "the relaxed cell. DIR gets frame.csv, a line a sample, and frame.txt."
        },
        footer = {"", "Example:", "  nanohooke compare frame circles rectangles mixed --count 1000 --out frame"})
final class CompareFrameCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", arity = "1..*", description = "Datasets' folders.")
    private List<Path> paths;

    @Option(names = "--count", required = true, paramLabel = "N",
            description = "Kept samples, drawn at even distances from all.")
    private int count;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the rows and the summary.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new BadUsageException("--count must be at least 1, got " + count);
        }
        List<String> methods = paths.stream().map(path -> DatasetFolder.open(path).plan().method()).distinct().toList();
        if (methods.size() > 1) {
            throw new BadUsageException("the datasets are of different methods: " + methods + "; compare those of one");
        }
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator calculator = ElasticCalculators.open(methods.get(0))) {
            FrameComparison comparison = FrameComparison.of(paths, count, calculator);
            OutputFolder folder = OutputFolder.open(out);
            List<FrameRow> rows;
            try (RowJournal<FrameRow> journal = RowJournal.open(out.resolve("frame.journal"), settings(comparison),
                    FrameRow.class, FrameRow::place)) {
                make(comparison, journal, stop);
                rows = journal.rows();
            }
            String summary = new FrameSummary(rows).toString();
            AtomicFile.writeText(folder.file("frame.csv"), RecordCsv.of(FrameRow.class, rows));
            AtomicFile.writeText(folder.file("frame.txt"), summary + "\n");
            spec.commandLine().getOut().println(summary);
            int code = ExitCodes.OK;
            if (rows.size() < comparison.count()) {
                spec.commandLine().getErr().println("nanohooke: stopped after " + rows.size() + " of "
                        + comparison.count() + " samples; the same command goes on with the rest");
                code = ExitCodes.PARTIAL_RESULTS;
            }
            stop.exitCode(code);
            return code;
        }
    }

    private void make(FrameComparison comparison, RowJournal<FrameRow> journal, StopSignal stop) throws IOException {
        List<Long> missing = LongStream.range(0, comparison.count()).filter(place -> !journal.has(place)).boxed()
                .toList();
        try (Progress progress = new Progress("frame", missing.size(), quiet, stop)) {
            for (long place : missing) {
                journal.append(comparison.compare(place, progress.item("sample " + place)));
                progress.itemDone();
            }
        } catch (CancellationException stopped) {
            return; // what is made is in the journal
        }
    }

    private Map<String, String> settings(FrameComparison comparison) {
        return Map.of("samples", Integer.toString(comparison.count()), "software", "nanohooke " + Version.number(),
                "datasets", paths.stream().map(path -> DatasetFolder.open(path).plan())
                        .map(plan -> plan.mix().label() + " of seed " + plan.seed())
                        .collect(Collectors.joining(", ")));
    }
}
