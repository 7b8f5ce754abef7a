// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.comparison.FrameTurn;
import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.comparison.TurnedSample;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "turn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write an older dataset, whose tensors are in LAMMPS' cell, as a slim file in the axes of the input.",
            "The turn is that of the relaxed cell, which these datasets do not record: samples are relaxed again, and "
                    + "their stored tensors turned where they end in the stored minimum; the others, and those of "
                    + "three cells, are made again whole. FILE.journal keeps what is done: the same command goes on."
        },
        footer = {"", "Example:", "  nanohooke dataset turn circles --out circles.nhs",
            "  nanohooke train circles.nhs new/slim-000.nhs --out model"})
final class DatasetTurnCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The dataset's folder.")
    private Path path;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Slim file to write.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS);
                ElasticCalculator calculator = ElasticCalculators.open(DatasetFolder.open(path).plan().method())) {
            FrameTurn turn = FrameTurn.of(path, calculator);
            List<Integer> places = turn.places();
            Path file = out.resolveSibling(out.getFileName() + ".journal");
            List<TurnedSample> samples;
            try (RowJournal<TurnedSample> journal = RowJournal.open(file, settings(), TurnedSample.class,
                    TurnedSample::index)) {
                make(turn, places, journal, stop);
                samples = journal.rows();
            }
            int code = ExitCodes.OK;
            if (samples.size() < places.size()) {
                spec.commandLine().getErr().println("nanohooke: stopped after " + samples.size() + " of "
                        + places.size() + " samples; the same command goes on with the rest");
                code = ExitCodes.PARTIAL_RESULTS;
            } else {
                turn.write(out, samples);
                report(samples);
                Files.delete(file);
            }
            stop.exitCode(code);
            return code;
        }
    }

    private void make(FrameTurn turn, List<Integer> places, RowJournal<TurnedSample> journal, StopSignal stop)
            throws IOException {
        List<Integer> missing = places.stream().filter(place -> !journal.has(turn.index(place))).toList();
        try (Progress progress = new Progress("turn", missing.size(), quiet, stop)) {
            for (int place : missing) {
                journal.append(turn.turn(place, progress.item("sample " + turn.index(place))));
                progress.itemDone();
            }
        } catch (CancellationException stopped) {
            return; // what is made is in the journal
        }
    }

    private void report(List<TurnedSample> samples) {
        PrintWriter to = spec.commandLine().getOut();
        List<TurnedSample> kept = samples.stream().filter(TurnedSample::isKept).toList();
        List<TurnedSample> remade = kept.stream().filter(TurnedSample::isRemade).toList();
        List<TurnedSample> other = remade.stream().filter(s -> Math.abs(s.energy()) > FrameTurn.SAME_MINIMUM).toList();
        to.println(kept.size() + " samples in " + out + ": " + (kept.size() - remade.size()) + " turned, "
                + remade.size() + " made again, " + other.size() + " of these in another minimum than the stored one");
        remade.stream().filter(s -> Math.abs(s.energy()) <= FrameTurn.SAME_MINIMUM)
                .mapToDouble(TurnedSample::apart).max().ifPresent(most -> to.println(String.format(Locale.ROOT,
                        "made again in the same minimum they are the stored ones, turned, to %.2g GPa", most)));
        other.forEach(s -> to.println(String.format(Locale.ROOT, "  sample %d: energy %+.3g eV, constants by up to "
                + "%.3f GPa", s.index(), s.energy(), s.apart())));
        samples.stream().filter(s -> !s.isKept()).forEach(s -> to.println("  sample " + s.index() + " left out: "
                + s.reason()));
    }

    private Map<String, String> settings() {
        return Map.of("dataset", DatasetFolder.open(path).plan().mix().label() + " of seed "
                + DatasetFolder.open(path).plan().seed(), "software", "nanohooke " + Version.number());
    }
}
