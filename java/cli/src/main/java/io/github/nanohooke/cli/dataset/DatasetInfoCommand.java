// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Say what is in a dataset: how it was made, outcomes, parts, ranges; or how far it is.",
        footer = {
            "", "Examples:", "  nanohooke dataset info data", "  nanohooke dataset info data --reasons",
            "  nanohooke dataset info data/dataset.h5 --json"
        })
final class DatasetInfoCommand implements Callable<Integer> {
    private static final List<String> SHOWN = List.of("kind", "seed", "count", "cells", "lattice_constant", "element",
            "method", "frame", "potential", "potential_sha256", "force_tolerance", "stress_tolerance", "image_size",
            "software");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "A dataset's folder or its merged file.")
    private Path path;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--reasons", description = "Also list every sample that was not kept, with its reason.")
    private boolean reasons;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (Files.isDirectory(path)) {
            DatasetFolder folder = DatasetFolder.open(path);
            int missing = folder.missing(Share.whole()).size();
            if (missing > 0) {
                int shards = folder.plan().shards();
                int samples = folder.plan().count();
                if (json) {
                    out.println(JsonText.of(Map.of("complete", false, "shards", shards, "missing", missing,
                            "samples", samples, "made", folder.made())));
                } else {
                    out.println(path + ": not complete, " + (shards - missing) + " of " + shards + " shards are there,"
                            + " " + folder.made() + " of " + samples + " samples are made; "
                            + folder.resume());
                }
                return ExitCodes.PARTIAL_RESULTS;
            }
        }
        Dataset dataset = Dataset.open(path);
        DatasetStatistics statistics = DatasetStatistics.of(dataset);
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("complete", true);
            all.put("attributes", dataset.attributes());
            all.put("statistics", statistics);
            if (reasons) {
                all.put("not_kept", notKept(dataset));
            }
            out.println(JsonText.of(all));
        } else {
            print(out, dataset, statistics);
            if (reasons) {
                printReasons(out, dataset);
            }
        }
        return ExitCodes.OK;
    }

    private static void print(PrintWriter out, Dataset dataset, DatasetStatistics statistics) {
        for (String name : SHOWN) {
            Object value = dataset.attributes().get(name);
            if (value != null) {
                out.println(String.format("%-18s %s", name.replace('_', ' '),
                        value instanceof int[] numbers ? Arrays.toString(numbers) : value));
            }
        }
        out.println();
        out.println(statistics.samples() + " samples: " + lower(statistics.statuses()));
        out.println("kept samples by part: " + lower(statistics.parts()));
        if (!statistics.paths().isEmpty()) {
            out.println("paths: " + statistics.paths());
        }
        statistics.reasons().forEach((reason, count) -> out.println(String.format("  %6d  %s", count, reason)));
        out.println();
        out.println(OutcomeTable.of(statistics));
        out.println(String.format("%-5s %10s %10s %10s %10s   GPa, kept samples", "", "min", "mean", "max",
                "deviation"));
        statistics.constants().forEach((name, range) -> out.println(String.format(Locale.ROOT,
                "%-5s %10.3f %10.3f %10.3f %10.3f", name, range.min(), range.mean(), range.max(), range.deviation())));
    }

    /**
     * A sample that was not kept.
     *
     * @param index    its number under the dataset's seed
     * @param porosity by eq. (1) [%]
     * @param status   why, in a word
     * @param reason   why, for people
     */
    record NotKept(long index, double porosity, String status, String reason) {
    }

    private static List<NotKept> notKept(Dataset dataset) {
        return IntStream.range(0, dataset.size()).filter(i -> dataset.status(i) != SampleStatus.KEPT)
                .mapToObj(i -> new NotKept(dataset.index(i), dataset.porosity(i),
                        dataset.status(i).name().toLowerCase(Locale.ROOT), dataset.reason(i)))
                .toList();
    }

    private static void printReasons(PrintWriter out, Dataset dataset) {
        out.println();
        for (NotKept sample : notKept(dataset)) {
            out.println(String.format(Locale.ROOT, "%7d  %5.1f %%  %s: %s", sample.index(), sample.porosity(),
                    sample.status(), sample.reason()));
        }
    }

    private static String lower(Map<?, Integer> counts) {
        return counts.toString().toLowerCase(Locale.ROOT).replace("{", "").replace("}", "").replace('=', ' ');
    }
}
