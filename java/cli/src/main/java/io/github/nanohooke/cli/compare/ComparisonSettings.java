// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Progress;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.cli.structure.StructureKinds;
import io.github.nanohooke.comparison.PorosityWindow;
import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.StructureMix;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.source.StructureSources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that comparisons of random structures have, and their way through the structures. */
final class ComparisonSettings {
    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "mixed",
            completionCandidates = StructureKinds.class,
            description = "Family of structures: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String kind;

    @Option(names = "--count", required = true, paramLabel = "N", description = "Structures.")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--porosity", paramLabel = "LOW,HIGH", split = ",", defaultValue = "5,80",
            description = "Structures of other porosities [%%] are passed over (default: ${DEFAULT-VALUE}).")
    private double[] porosity;

    @Option(names = "--cells", paramLabel = "NX,NY", split = ",", defaultValue = "20,20",
            description = "Lattice cells of the box along x and y (default: ${DEFAULT-VALUE}).")
    private int[] cells;

    @Option(names = "--force-tolerance", paramLabel = "EV_PER_A", defaultValue = "1e-5",
            description = "Largest force component at a minimum, eV/Å (default: ${DEFAULT-VALUE}).")
    private double forceTolerance;

    @Option(names = "--stress-tolerance", paramLabel = "GPA", defaultValue = "1e-5",
            description = "Largest stress component at a minimum, GPa (default: ${DEFAULT-VALUE}).")
    private double stressTolerance;

    @Option(names = "--max-evaluations", paramLabel = "N", defaultValue = "100000",
            description = "Force evaluations after which a relaxation of the judge gives up (default:"
                    + " ${DEFAULT-VALUE}). The fast method has its own limits.")
    private int maxEvaluations;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the rows and the summary.")
    private Path out;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    /** Makes one structure's row. */
    @FunctionalInterface
    interface RowMaker<R> {
        R make(long index, StaticsProgress progress);
    }

    /**
     * What a comparison is made of.
     *
     * @param name    of its files
     * @param judge   method that the fast one is held against
     * @param type    of its rows
     * @param index   tells a row's structure
     * @param summary of rows, for people
     * @param own     settings that it has alone, by name
     */
    record Comparison<R extends Record>(String name, String judge, Class<R> type, ToLongFunction<R> index,
            Function<List<R>, Object> summary, Map<String, String> own) {
    }

    /**
     * Structures and options as a dataset of the fast method would have them, one cell along z.
     *
     * @param own what the comparison adds to the options
     */
    DatasetPlan plan(UnaryOperator<StaticsOptions> own) {
        if (count < 1) {
            throw new BadUsageException("--count must be at least 1, got " + count);
        }
        if (cells.length != 2) {
            throw new BadUsageException("--cells takes two numbers, for example 20,20");
        }
        StaticsOptions options = BadUsageException.checked(() -> own.apply(StaticsOptions.defaults()
                .withForceTolerance(forceTolerance).withStressTolerance(stressTolerance)
                .withMaxEvaluations(maxEvaluations).withTables(StaticsOptions.Tables.SHARP)));
        return new DatasetPlan(StructureMix.of(StructureSources.of(kind), count), seed, count, Lattice.aluminium(),
                new Cells(cells[0], cells[1], 1), StructureImage.DEFAULT_RESOLUTION, "hessian", options,
                "nanohooke " + Version.number());
    }

    /** Makes the rows that are missing, writes table and summary, and prints the summary. */
    <R extends Record> int run(CommandSpec spec, DatasetPlan plan, Comparison<R> comparison, RowMaker<R> maker,
            StopSignal stop) throws IOException {
        if (porosity.length != 2) {
            throw new BadUsageException("--porosity takes two numbers, for example 5,80");
        }
        PorosityWindow window = BadUsageException.checked(() -> new PorosityWindow(porosity[0], porosity[1]));
        List<Long> wanted = window.indices(plan, count);
        OutputFolder folder = OutputFolder.open(out);
        List<R> rows;
        boolean stopped = false;
        try (RowJournal<R> journal = RowJournal.open(out.resolve(comparison.name() + ".journal"),
                settings(plan, comparison), comparison.type(), comparison.index())) {
            List<Long> missing = wanted.stream().filter(index -> !journal.has(index)).toList();
            try (Progress progress = new Progress(comparison.name(), missing.size(), quiet, stop)) {
                for (long index : missing) {
                    journal.append(maker.make(index, progress.item("structure " + index)));
                    progress.itemDone();
                }
            } catch (CancellationException e) {
                stopped = true;
            }
            rows = journal.rows(wanted);
        }
        String summary = comparison.summary().apply(rows).toString();
        AtomicFile.writeText(folder.file(comparison.name() + ".csv"), RecordCsv.of(comparison.type(), rows));
        AtomicFile.writeText(folder.file(comparison.name() + ".txt"), summary);
        spec.commandLine().getOut().println(summary);
        if (stopped) {
            spec.commandLine().getErr().println("nanohooke: stopped after " + rows.size() + " of " + wanted.size()
                    + " structures; the same command goes on with the rest");
        }
        int code = stopped ? ExitCodes.PARTIAL_RESULTS : ExitCodes.OK;
        stop.exitCode(code);
        return code;
    }

    private Map<String, String> settings(DatasetPlan plan, Comparison<?> comparison) {
        String judge = comparison.judge();
        Map<String, String> settings = new TreeMap<>(comparison.own());
        settings.put("kind", kind);
        settings.put("seed", Long.toString(seed));
        settings.put("cells", plan.cells().toString());
        settings.put("force tolerance", Double.toString(forceTolerance));
        settings.put("stress tolerance", Double.toString(stressTolerance));
        settings.put("most evaluations", Integer.toString(maxEvaluations));
        settings.put("software", plan.software());
        settings.put("frame", plan.frame().label());
        settings.put("judge", judge);
        settings.put("judge's version", version(judge));
        return settings;
    }

    /** Of its library, where it has one: minimisers and defaults change between releases. */
    static String version(String judge) {
        return ElasticCalculators.providers().stream().filter(provider -> provider.method().equals(judge))
                .map(provider -> provider.availability().facts().get("version")).filter(Objects::nonNull).findFirst()
                .orElse("its own");
    }
}
