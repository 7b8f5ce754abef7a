// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.dataset.DatasetFactory;
import io.github.nanohooke.dataset.DatasetFolder;
import io.github.nanohooke.dataset.DatasetMerge;
import io.github.nanohooke.dataset.DatasetPlan;
import io.github.nanohooke.dataset.RunSettings;
import io.github.nanohooke.dataset.Share;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a dataset: random structures, relaxed, with their elastic tensors and images, as HDF5.",
        subcommands = {
            DatasetInfoCommand.class, DatasetMergeCommand.class, DatasetVerifyCommand.class,
            DatasetExportCommand.class, DatasetFigureCommand.class, DatasetScriptCommand.class
        },
        footer = {
            "",
            "Every sample depends on --kind, --seed and its index alone. The work is done by one process per core;",
            "one that crashes, hangs or is killed costs its sample one more try. Finished samples are on disk at once:",
            "after a Ctrl-C, a kill or a power cut, the same command (or --resume) does only what is missing, and the",
            "dataset is byte for byte the one of an undisturbed run.",
            "",
            "Examples:",
            "  nanohooke dataset --kind mixed --count 20000 --seed 1 --method hessian --out data",
            "  nanohooke dataset --resume --out data            go on with what was begun there",
            "  nanohooke dataset info data                      what is in it, or how far it is",
            "  nanohooke dataset figure data --out fig3.png     all constants against porosity",
            "  nanohooke dataset export data --npz data.npz --csv data.csv",
            "Many machines (array, requeue, node-local caches; then GNU parallel):",
            "  nanohooke dataset script --slurm --tasks 100 --cpus 4 -- --kind mixed --count 20000 --out data > job",
            "  nanohooke dataset script --gnu-parallel --tasks 8 --cpus 4 -- --resume --out data > job.sh",
            "",
            "Exit codes: 0 the share is complete, 5 stopped or partly held by another run, 99 (see --requeue-code)",
            "stopped by a signal inside a Slurm job."
        })
final class DatasetCommand implements Callable<Integer> {
    /** Options that say what the dataset is, apart from those of {@link StaticsSettings}. */
    private static final List<String> PLAN_OPTIONS = List.of("--kind", "--count", "--seed", "--shard-size", "--cells",
            "--nz", "--element", "--lattice-constant", "--image-size", "--method", "--potential", "--pair-style",
            "--pair-coeff", "--force-tolerance", "--stress-tolerance", "--strain", "--max-evaluations", "--minimiser",
            "--periods", "--drop-islands", "--random-seed");
    private static final String EXACT_METHOD = "hessian";

    @Spec
    private CommandSpec spec;

    @Option(names = "--kind", paramLabel = "KIND", description = "Pores: ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--count", paramLabel = "N", description = "Samples; rejected and failed ones count.")
    private Integer count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "The dataset's folder.")
    private Path out;

    @Option(names = "--resume",
            description = "Go on with the dataset in DIR; its own arguments are used where none are given.")
    private boolean resume;

    @Option(names = "--workers", paramLabel = "N",
            description = "Worker processes (default: SLURM_CPUS_PER_TASK, or the number of cores).")
    private Integer workers;

    @Option(names = "--shard", paramLabel = "I/N",
            description = "Make only share I (from 0) of N of the shards (default: all, or the task's place in its "
                    + "Slurm array).")
    private String shard;

    @Option(names = "--shard-size", paramLabel = "N", defaultValue = "100",
            description = "Samples in a file, the unit that machines share out (default: ${DEFAULT-VALUE}).")
    private int shardSize;

    @Option(names = "--cells", paramLabel = "NX,NY", split = ",", defaultValue = "20,20",
            description = "Lattice cells of the box along x and y (default: ${DEFAULT-VALUE}).")
    private int[] cells;

    @Option(names = "--nz", paramLabel = "N",
            description = "Lattice cells along z (default: 1 for the method '" + EXACT_METHOD + "', which certifies "
                    + "that one stands for three, else 3).")
    private Integer nz;

    @Option(names = "--element", paramLabel = "SYMBOL", defaultValue = "Al",
            description = "Element of the fcc crystal (default: ${DEFAULT-VALUE}).")
    private String element;

    @Option(names = "--lattice-constant", paramLabel = "A", defaultValue = "4.05",
            description = "a0, Å (default: ${DEFAULT-VALUE}).")
    private double latticeConstant;

    @Option(names = "--image-size", paramLabel = "N", defaultValue = "" + StructureImage.DEFAULT_RESOLUTION,
            description = "Pixels along an edge of the images (default: ${DEFAULT-VALUE}).")
    private int imageSize;

    @Mixin
    private StaticsSettings statics;

    @Option(names = "--sample-timeout", paramLabel = "SECONDS", defaultValue = "900",
            description = "After which a worker counts as hanging and is killed (default: ${DEFAULT-VALUE}).")
    private long sampleTimeout;

    @Option(names = "--requeue-code", paramLabel = "CODE", defaultValue = "99",
            description = "Exit code that asks Slurm for a requeue; used when a signal stops this run inside a Slurm "
                    + "job (default: ${DEFAULT-VALUE}).")
    private int requeueCode;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Map<String, String> environment = System.getenv();
        if (out == null) {
            throw new BadUsageException("where should the dataset go? Give --out DIR");
        }
        Share share = shard != null ? Share.parse(shard)
                : Share.ofSlurmArray(environment).orElse(Share.whole());
        RunSettings settings = RunSettings.workers(GrantedCores.or(workers)).withShare(share)
                .withSampleTimeout(Duration.ofSeconds(sampleTimeout));
        DatasetFolder folder = folder();
        boolean inSlurm = environment.containsKey("SLURM_JOB_ID");
        try (StopSignal stop = new StopSignal(inSlurm ? requeueCode : ExitCodes.PARTIAL_RESULTS)) {
            int code = run(folder, settings, stop);
            // A run that was complete before the signal could stop anything has nothing to be run again for.
            stop.exitCode(code);
            return code;
        }
    }

    private int run(DatasetFolder folder, RunSettings settings, StopSignal stop) {
        PrintWriter err = spec.commandLine().getErr();
        DatasetFactory.Report report;
        try (DatasetProgress progress = new DatasetProgress(quiet)) {
            report = DatasetFactory.run(folder, settings, progress, stop::requested);
        } catch (IOException | FileWriteException e) {
            err.println("nanohooke: " + e.getMessage() + "; finished samples are kept, the same command goes on when"
                    + " there is room");
            return ExitCodes.PARTIAL_RESULTS;
        }
        if (report.stopped() && !report.complete()) {
            err.println("nanohooke: stopped; finished samples are kept, the same command goes on with the rest");
            return stop.exitCode();
        }
        if (!report.heldByOthers().isEmpty()) {
            err.println("nanohooke: " + report.heldByOthers().size() + " shards were left to another run that makes"
                    + " them now, the first is " + report.heldByOthers().get(0));
            return ExitCodes.PARTIAL_RESULTS;
        }
        return report(folder, settings.share(), err);
    }

    private int report(DatasetFolder folder, Share share, PrintWriter err) {
        try {
            if (share.of() == 1) {
                spec.commandLine().getOut().println(DatasetMerge.merge(folder));
            } else {
                err.println("nanohooke: share " + share.number() + "/" + share.of() + " is complete; when all are:"
                        + " nanohooke dataset merge " + folder.path());
            }
            return ExitCodes.OK;
        } catch (IOException | FileWriteException e) {
            err.println("nanohooke: all samples are made, but the merged file could not be written: " + e.getMessage()
                    + "; run 'nanohooke dataset merge " + folder.path() + "' when there is room");
            return ExitCodes.PARTIAL_RESULTS;
        }
    }

    private DatasetFolder folder() throws IOException {
        ParseResult parsed = spec.commandLine().getParseResult();
        boolean planGiven = PLAN_OPTIONS.stream().anyMatch(parsed::hasMatchedOption);
        if (resume && !planGiven) {
            return DatasetFolder.open(out);
        }
        if (kind == null || count == null) {
            throw new BadUsageException("which samples? Give --kind and --count; or --resume with --out alone to go on"
                    + " with the dataset in " + out);
        }
        DatasetPlan plan = plan();
        Map<String, String> facts = facts(plan.method());
        OutputFolder.open(out);
        return DatasetFolder.openOrBegin(out, plan, facts);
    }

    private DatasetPlan plan() {
        if (cells.length != 2) {
            throw new BadUsageException("--cells takes two numbers, for example 20,20; cells along z are --nz");
        }
        StaticsOptions options = statics.options();
        Lattice lattice = new Lattice(element, Lattice.Kind.FCC, latticeConstant);
        // Which method applies depends on the element and the potential alone: one cell of the crystal tells.
        String method = statics.method(PorousStructure.perfect(lattice, new Cells(1, 1, 1)).atoms(), options);
        int alongZ = nz != null ? nz : method.equals(EXACT_METHOD) ? 1 : Cells.paper().z();
        return new DatasetPlan(kind, seed, count, shardSize, lattice,
                new Cells(cells[0], cells[1], alongZ), imageSize, method, options, "nanohooke " + Version.number());
    }

    /** What the method says of its libraries; a method that cannot run here ends the command before it begins. */
    private static Map<String, String> facts(String method) {
        Optional<Availability> found = ElasticCalculators.providers().stream()
                .filter(candidate -> candidate.method().equals(method)).findFirst()
                .map(ElasticCalculatorProvider::availability);
        if (found.isEmpty() || !found.get().usable()) {
            ElasticCalculators.open(method).close(); // throws, and says what is missing
        }
        return found.map(Availability::facts).orElse(Map.of());
    }
}
