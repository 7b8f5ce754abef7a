// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.GrantedCores;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.SameCommand;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.report.FailureSummary;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunSettings;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.io.ShellWords;
import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.ElasticCalculators;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a dataset: random structures, relaxed, with their elastic tensors and images, as HDF5.",
        subcommands = {
            DatasetInfoCommand.class, DatasetMergeCommand.class, DatasetVerifyCommand.class,
            DatasetExportCommand.class, DatasetFigureCommand.class, DatasetScriptCommand.class, DatasetTurnCommand.class
        },
        footer = {
            "",
            "Kinds: circles, rectangles, mixed (the paper's); polygons, wrapped (across the edges), lattices, foams,",
            "spinodals, slits (also those that cut the cell: their tensors have exact zeros). Several kinds take"
                    + " turns.",
            "",
            "Every sample depends on --kind, --seed and its index alone. The work is done by one process per core;",
            "one that crashes, hangs or is killed costs its sample one more try. Finished samples are on disk at once:",
            "after a Ctrl-C, a kill or a power cut, the same command (or --resume) does only what is missing, and the",
            "dataset is byte for byte the one of an undisturbed run.",
            "",
            "Examples:",
            "  nanohooke dataset --kind mixed --count 20000 --method hessian --out data",
            "  nanohooke dataset --kind circles=4500,polygons=3000,slits=2000 --seed 1 \\",
            "      --method hessian --out data",
            "  nanohooke dataset --resume --out data         go on with what was begun there",
            "  nanohooke dataset --resume --first-index 20000 --max-minutes 45 --out data",
            "  nanohooke dataset info data                   what is in it, or how far it is",
            "  nanohooke dataset figure data --out fig3.png  all constants against porosity",
            "  nanohooke dataset export data --npz data.npz --csv data.csv",
            "",
            "Many machines (array, requeue, node-local caches; then GNU parallel):",
            "  nanohooke dataset script --slurm --tasks 100 --cpus 4 -- \\",
            "      --kind mixed --count 20000 --out data > job",
            "  nanohooke dataset script --gnu-parallel --tasks 8 --cpus 4 -- \\",
            "      --resume --out data > job.sh",
            "",
            "Exit codes: 0 the share is complete, 4 it is, but half of its samples or more failed or none is kept,",
            "5 stopped, partly held by another run, or ended by a fault of the machine (memory, a vanished file),",
            "99 (see --requeue-code) stopped inside a Slurm job, by a signal or --max-minutes."
        })
public final class DatasetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatasetPlanSettings settings;

    @Option(names = "--out", paramLabel = "DIR", description = "The dataset's folder.")
    private Path out;

    @Option(names = "--resume",
            description = "Go on with the dataset in DIR; its own arguments are used where none are given.")
    private boolean resume;

    @Option(names = "--retry-failed",
            description = "Make the failed samples of whole shards again, for example after a mended set-up.")
    private boolean retryFailed;

    @Option(names = "--workers", paramLabel = "N",
            description = "Worker processes (default: SLURM_CPUS_PER_TASK, or the number of cores).")
    private Integer workers;

    @Option(names = "--shard", paramLabel = "I/N",
            description = "Make only share I (from 0) of N of the shards (default: all, or the task's place in its "
                    + "Slurm array).")
    private String shard;

    @Option(names = "--first-index", paramLabel = "N", defaultValue = "0",
            description =
                    "Make only samples from N on, a multiple of the shard size: machines that share no disk never "
                    + "make the same sample where each has a range of its own (default: ${DEFAULT-VALUE}).")
    private long firstIndex;

    @Option(names = "--max-minutes", paramLabel = "MIN",
            description = "Stop after so long, as after a signal: finished samples are kept, --resume goes on.")
    private Double maxMinutes;

    @Option(names = "--sample-timeout", paramLabel = "SECONDS", defaultValue = "900",
            description = "After which a worker counts as hanging and is killed (default: ${DEFAULT-VALUE}).")
    private long sampleTimeout;

    @Option(names = "--requeue-code", paramLabel = "CODE", defaultValue = "99",
            description = "Exit code that asks Slurm for a requeue; used when this run is stopped inside a Slurm job "
                    + "(default: ${DEFAULT-VALUE}).")
    private int requeueCode;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Map<String, String> environment = System.getenv();
        ShareChoice choice = ShareChoice.of(shard, environment);
        RunSettings run = RunSettings.workers(GrantedCores.or(workers)).withShare(choice.share())
                .withSampleTimeout(Duration.ofSeconds(sampleTimeout)).withRetryFailed(retryFailed);
        DatasetPlan plan = plan();
        choice.requireWork(plan);
        run = run.withShare(BadUsageException.checked(() -> choice.share().from(firstIndex, plan)));
        DatasetFolder folder = folder();
        boolean inSlurm = environment.containsKey("SLURM_JOB_ID");
        try (StopSignal stop = new StopSignal(inSlurm ? requeueCode : ExitCodes.PARTIAL_RESULTS)) {
            int code = run(folder, run, stop);
            // A run that was complete before the signal could stop anything has nothing to be run again for.
            stop.exitCode(code);
            return code;
        }
    }

    private int run(DatasetFolder folder, RunSettings run, StopSignal stop) throws IOException {
        DatasetFactory.Report report;
        try (DatasetProgress progress = new DatasetProgress(quiet)) {
            long begin = System.nanoTime();
            report = DatasetFactory.run(folder, run, progress, () -> stop.requested()
                    || maxMinutes != null && (System.nanoTime() - begin) * 1e-9 > 60 * maxMinutes);
        } catch (IOException | FileWriteException e) {
            say(e.getMessage() + "; finished samples are kept, the same command goes on when there is room");
            return ExitCodes.PARTIAL_RESULTS;
        } catch (EnvironmentFaultException e) {
            say(e.getMessage() + ". Finished samples are kept; when it is mended: "
                    + SameCommand.again(spec, "--resume"));
            return ExitCodes.PARTIAL_RESULTS;
        }
        if (report.stopped() && !report.complete()) {
            say("stopped; finished samples are kept, this goes on with the rest: "
                    + SameCommand.again(spec, "--resume"));
            return stop.exitCode();
        }
        if (!report.heldByOthers().isEmpty()) {
            say(report.heldByOthers().size() + " shards were left to another run that makes them now, the first is "
                    + report.heldByOthers().get(0));
            return ExitCodes.PARTIAL_RESULTS;
        }
        return report(folder, run.share());
    }

    private int report(DatasetFolder folder, Share share) throws IOException {
        try {
            if (share.isWhole()) {
                spec.commandLine().getOut().println(DatasetMerge.merge(folder));
            } else {
                say("share " + share + " is complete; when all are: nanohooke dataset merge "
                        + ShellWords.quoted(folder.path()));
            }
        } catch (IOException | FileWriteException e) {
            say("all samples are made, but the merged file could not be written: " + e.getMessage()
                    + "; when there is room: nanohooke dataset merge " + ShellWords.quoted(folder.path()));
            return ExitCodes.PARTIAL_RESULTS;
        }
        Optional<String> objection = FailureSummary.of(folder, share).objection(folder.path());
        objection.ifPresent(this::say);
        return objection.isPresent() ? ExitCodes.UNSTABLE_OR_NOT_CONVERGED : ExitCodes.OK;
    }

    private void say(String message) {
        spec.commandLine().getErr().println("nanohooke: " + message);
    }

    /**
     * The dataset that is asked for, of which nothing is begun.
     *
     * @throws BadUsageException when the options do not say which, or contradict each other
     */
    DatasetPlan plan() {
        if (out == null) {
            throw new BadUsageException("where should the dataset go? Give --out DIR");
        }
        if (goesOn()) {
            return DatasetFolder.open(out).plan();
        }
        if (!settings.isComplete()) {
            throw new BadUsageException("which samples? Give --kind and --count; or --resume with --out alone to go on"
                    + " with the dataset in " + out);
        }
        return settings.plan();
    }

    /** Whether the folder alone says what to make. */
    private boolean goesOn() {
        return resume && !DatasetPlanSettings.areIn(spec.commandLine().getParseResult());
    }

    private DatasetFolder folder() throws IOException {
        if (goesOn()) {
            return DatasetFolder.open(out);
        }
        DatasetPlan plan = plan();
        plan.requireDrawable();
        Map<String, String> facts = facts(plan.method());
        OutputFolder.open(out);
        return DatasetFolder.openOrBegin(out, plan, facts);
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
