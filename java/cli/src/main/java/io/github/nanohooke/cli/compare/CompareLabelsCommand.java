// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import io.github.nanohooke.cli.predict.BackendSettings;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GivenOptions;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.comparison.labels.LabelComparison;
import io.github.nanohooke.comparison.labels.LabelRow;
import io.github.nanohooke.comparison.labels.LabelSamples;
import io.github.nanohooke.comparison.labels.LabelSpread;
import io.github.nanohooke.comparison.labels.LabelSummary;
import io.github.nanohooke.comparison.labels.LabelTable;
import io.github.nanohooke.comparison.labels.NetworkAnswer;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SampleEstimates;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "labels",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The spread of a dataset's labels beside the errors of a network, by family.",
            "Structures of the dataset are drawn again and relaxed by LAMMPS CG and FIRE; where the label has three "
                    + "cells along z, which LAMMPS' one cell cannot show, by another seed of the push that leads "
                    + "there. Each minimum is measured as the label was. Families take turns. DIR gets labels.csv, a "
                    + "line a sample and way with its constants, labels-by-family.csv and labels.txt."
        },
        footer = {
            "",
            "Examples:",
            "  nanohooke compare labels slim/slim-000.nhs --count 60 --out labels",
            "  nanohooke compare labels slim/slim-000.nhs --minima labels/labels.csv \\",
            "      --model mine.safetensors --out mine"
        })
final class CompareLabelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", arity = "1..*",
            description = "Datasets' folders, merged or slim files, of the method hessian.")
    private List<Path> paths;

    @Option(names = "--count", paramLabel = "N",
            description = "Samples, of each family as many as there are, at most; all where there are fewer.")
    private Integer count;

    @Option(names = "--minima", paramLabel = "FILE",
            description = "In place of --count: the minima of this labels.csv, made before of these datasets. Nothing "
                    + "is relaxed, so that another network stands beside them in seconds.")
    private Path minima;

    @Option(names = "--part", paramLabel = "PART", defaultValue = "TEST",
            description = "Of the datasets: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which a network has "
                    + "not learnt from).")
    private Part part;

    @Option(names = "--model", paramLabel = "FILE",
            description = "The network (default: the variable NANOHOOKE_MODEL, else the one that comes with nanohooke "
                    + "for relaxed structures).")
    private Path model;

    @Option(names = "--judge", paramLabel = "NAME", defaultValue = "lammps",
            description = "Method that descends by CG and FIRE (default: ${DEFAULT-VALUE}).")
    private String judge;

    @Option(names = "--max-seconds", paramLabel = "S", defaultValue = "60",
            description = "Processor time after which a way down is given up, and counted (default: "
                    + "${DEFAULT-VALUE}).")
    private double maxSeconds;

    @Option(names = "--held-as-one",
            description = "Also LAMMPS' minima of one cell where the label has three: no labels, and told apart.")
    private boolean heldAsOne;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the rows and the summary.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Mixin
    private BackendSettings computing;

    @Override
    public Integer call() throws IOException {
        if ((count == null) == (minima == null)) {
            throw new BadUsageException("one of --count and --minima is needed: how many samples are relaxed, or the "
                    + "labels.csv in which they are");
        }
        if (minima != null) {
            GivenOptions.refuse(spec, "is for new minima: with --minima nothing is relaxed", "--judge",
                    "--max-seconds", "--held-as-one");
        }
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        return minima == null ? relaxed(datasets) : madeBefore(datasets);
    }

    private int madeBefore(List<Dataset> datasets) throws IOException {
        List<LabelRow> rows = LabelTable.read(minima);
        List<NetworkAnswer> answers = networks(datasets, LabelSamples.of(datasets, part, rows), rows);
        write(OutputFolder.open(out), rows, answers);
        return ExitCodes.OK;
    }

    private int relaxed(List<Dataset> datasets) throws IOException {
        if (count < 1) {
            throw new BadUsageException("--count must be at least 1, got " + count);
        }
        LabelSamples samples = LabelSamples.of(datasets, part, count);
        if (samples.size() == 0) {
            throw new BadUsageException("no kept sample of " + paths + " is in the " + part + " part");
        }
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator slow = ElasticCalculators.open(judge);
                HessianElasticCalculator fast = new HessianElasticCalculator()) {
            LabelComparison comparison = BadUsageException.checked(() ->
                    new LabelComparison(samples, slow, fast, maxSeconds, heldAsOne));
            OutputFolder folder = OutputFolder.open(out);
            requireNetwork(datasets);
            List<LabelRow> rows;
            try (RowJournal<LabelRow> journal = RowJournal.open(out.resolve("labels.journal"), settings(datasets),
                    LabelRow.class, LabelRow::place)) {
                make(comparison, samples.size(), journal, stop);
                rows = journal.rows(places(samples.size()));
            }
            write(folder, rows, networks(datasets, samples, rows));
            int code = ExitCodes.OK;
            if (rows.size() < samples.size()) {
                spec.commandLine().getErr().println("nanohooke: stopped after " + rows.size() + " of "
                        + samples.size() + " samples; the same command goes on with the rest");
                code = ExitCodes.PARTIAL_RESULTS;
            }
            stop.exitCode(code);
            return code;
        }
    }

    private static List<Long> places(int size) {
        return IntStream.range(0, size).mapToObj(place -> (long) place).toList();
    }

    private void make(LabelComparison comparison, int size, RowJournal<LabelRow> journal, StopSignal stop)
            throws IOException {
        List<Long> missing = places(size).stream().filter(place -> !journal.has(place)).toList();
        try (Progress progress = new Progress("labels", missing.size(), quiet, stop)) {
            for (long place : missing) {
                journal.append(comparison.compare(place, progress.item("sample " + place)));
                progress.itemDone();
            }
        } catch (CancellationException stopped) {
            return; // what is made is in the journal
        }
    }

    private Map<String, String> settings(List<Dataset> datasets) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("samples", DatasetSamples.of(datasets, part).fingerprint());
        settings.put("part", part.name());
        settings.put("judge", judge);
        settings.put("judge's version", ComparisonSettings.version(judge));
        settings.put("held as one", Boolean.toString(heldAsOne));
        settings.put("most seconds", Double.toString(maxSeconds));
        settings.put("software", "nanohooke " + Version.number());
        return settings;
    }

    /** One pass, and averaged over the symmetries of the square, of the samples that have a row. */
    private List<NetworkAnswer> networks(List<Dataset> datasets, LabelSamples samples, List<LabelRow> rows) {
        return List.of(network("network", false, datasets, samples, rows),
                network("averaged", true, datasets, samples, rows));
    }

    /** Before hours of statics: whether there is a network for these samples. */
    private void requireNetwork(List<Dataset> datasets) {
        try (ElasticSurrogate network = network(false)) {
            requireItsImages(network, DatasetSamples.of(datasets, part, network.shows()));
        }
    }

    private ElasticSurrogate network(boolean average) {
        SurrogateOptions options = computing.surrogate().withAverage(average);
        return ElasticSurrogate.load(Optional.ofNullable(model), options, Shows.RELAXED);
    }

    private void requireItsImages(ElasticSurrogate network, DatasetSamples samples) {
        if (samples.imageSize() != network.resolution()) {
            throw new BadUsageException(network.name() + " takes images of " + network.resolution()
                    + " pixels along an edge, those of " + paths + " have " + samples.imageSize());
        }
    }

    private NetworkAnswer network(String way, boolean average, List<Dataset> datasets, LabelSamples samples,
            List<LabelRow> rows) {
        try (ElasticSurrogate network = network(average)) {
            DatasetSamples picked = DatasetSamples.of(datasets, part, network.shows())
                    .picked(rows.stream().map(row -> samples.get(row.place()).number()).toList());
            requireItsImages(network, picked);
            double[][] predicted = SampleEstimates.of(network, picked).predicted();
            Map<Long, double[]> constants = new HashMap<>();
            for (int i = 0; i < predicted.length; i++) {
                constants.put(rows.get(i).place(), predicted[i]);
            }
            return new NetworkAnswer(way, constants);
        }
    }

    private void write(OutputFolder folder, List<LabelRow> rows, List<NetworkAnswer> networks) {
        LabelSummary summary = new LabelSummary(rows, networks);
        AtomicFile.writeText(folder.file("labels.csv"), LabelTable.csv(rows, networks));
        AtomicFile.writeText(folder.file("labels-by-family.csv"), RecordCsv.of(LabelSpread.class, summary.spreads()));
        AtomicFile.writeText(folder.file("labels.txt"), summary + "\n");
        spec.commandLine().getOut().println(summary);
    }
}
