// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import com.sun.management.OperatingSystemMXBean;
import io.github.nanohooke.cli.predict.BackendSettings;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.FailureReport;
import io.github.nanohooke.cli.process.SameCommand;
import io.github.nanohooke.cli.process.StopSignal;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train a network on datasets: from the image of a structure to its thirteen elastic constants.",
        footer = {
            "",
            "The weights of the epoch with the lowest validation error (RMSE; with --loss",
            "relative the mean relative error) go to MODEL.safetensors. The folder",
            "MODEL.training has the newest checkpoint and the one before, the log",
            "training.csv and the curve training.png.",
            "After a Ctrl-C, a kill or --max-minutes the same command with --resume goes on,",
            "to the bit.",
            "",
            "Examples:",
            "  nanohooke train circles rectangles --epochs 100 --out model",
            "  nanohooke train data --out model --resume --max-minutes 55   (begins, too)",
            "  nanohooke train data --definition mine.json --patience 20 --out mine",
            "  nanohooke train data --samples 5000 --images 1000000 --out curve-5000",
            "",
            "Exit codes: 0 done, 2 bad input, 3 backend missing, 4 the loss is not finite,",
            "5 stopped and can be resumed (inside a Slurm job 99, see --requeue-code)."
        })
public final class TrainCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", arity = "1..*", description = "Datasets' folders, merged or slim files.")
    private List<Path> paths;

    @Mixin
    private TrainingSettings settings;

    @Option(names = "--out", required = true, paramLabel = "MODEL", description = "The model's file.")
    private Path out;

    @Option(names = "--shows", paramLabel = "WHAT", defaultValue = "RELAXED",
            description = "Images to learn from: relaxed, or designed, for a network that needs no statics at all "
                    + "(default: relaxed).")
    private Shows shows;

    @Option(names = "--half",
            description =
                    "Store as many parameters in half precision as moves no prediction for the validation part by "
                    + TrainedModel.HALF_LIMIT + " GPa or more; a warning where that is none.")
    private boolean half;

    @Mixin
    private StatementSettings statement;

    @Option(names = "--resume", description = "Go on with the run of MODEL where there is one.")
    private boolean resume;

    @Option(names = "--max-minutes", paramLabel = "M",
            description = "Stop after that time, after the batch in hand and with a checkpoint.")
    private Double maxMinutes;

    @Option(names = "--checkpoint-seconds", paramLabel = "S", defaultValue = "30",
            description = "Time between checkpoints; one is written at every stop, too (default: ${DEFAULT-VALUE}).")
    private double checkpointSeconds;

    @Mixin
    private BackendSettings computing;

    @Option(names = "--requeue-code", paramLabel = "CODE", defaultValue = "99",
            description = "Exit code that asks Slurm for a requeue; used when a run is stopped inside a Slurm job "
                    + "(default: ${DEFAULT-VALUE}).")
    private int requeueCode;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        long begin = System.nanoTime();
        if (maxMinutes != null && !(maxMinutes > 0)) {
            throw new BadUsageException("--max-minutes must be positive, got " + maxMinutes);
        }
        if (!(checkpointSeconds >= 0 && checkpointSeconds < Integer.MAX_VALUE)) {
            throw new BadUsageException("--checkpoint-seconds must not be negative, got " + checkpointSeconds);
        }
        statement.provenance(); // what is wrong with it is said before the training
        TrainingOutput output = TrainingOutput.at(out);
        settings.options(1); // what is wrong with them is said before the data are read
        Optional<ModelFile> begun = settings.begun();
        NetworkDefinition network = settings.network(begun);
        Backend backend = Backends.open(computing.backend());
        List<Dataset> datasets = paths.stream().map(Dataset::open).toList();
        DatasetSamples samples = settings.samples(Samples.require(datasets, Part.TRAINING, network, paths, shows));
        DatasetSamples validation = Samples.require(datasets, Part.VALIDATION, network, paths, shows);
        TrainingOptions options = settings.options(samples.size());
        OutputHead head = settings.head(begun, samples);
        Training training = BadUsageException.checked(() -> begun
                .map(model -> Training.from(model, options, samples, validation))
                .orElseGet(() -> new Training(network, head, options, samples, validation)));
        requireMemory(backend, network, options.batch());
        output.requireUsable(resume);
        LOG.info("{} training and {} validation samples", samples.distinct(), validation.size());
        boolean inSlurm = System.getenv("SLURM_JOB_ID") != null;
        try (StopSignal stop = new StopSignal(inSlurm ? requeueCode : ExitCodes.PARTIAL_RESULTS)) {
            BooleanSupplier stopped = () -> stop.requested()
                    || maxMinutes != null && (System.nanoTime() - begin) * 1e-9 > 60 * maxMinutes;
            int code;
            String title = network.name() + ", " + head.label() + " head, " + samples.distinct()
                + " training samples";
            try (TrainingProgress progress = new TrainingProgress(quiet, head.scale());
                    TrainingCurve curve = new TrainingCurve(output.curve(), title, progress)) {
                Training.Result result = training.run(backend, runOptions(), output.folder(),
                        resume && output.begun(), curve, stopped);
                code = report(result, options, output, validation, provenance(datasets, options), stop.exitCode());
            } catch (IOException | RuntimeException e) {
                // Here and not where commands' failures are told otherwise: after a signal the process ends with the
                // block, and a failure must neither be lost nor ask Slurm to try again.
                code = report(e, output);
            }
            stop.exitCode(code);
            return code;
        }
    }

    private RunOptions runOptions() {
        return computing.training().withCheckpoints(Duration.ofMillis(Math.round(1e3 * checkpointSeconds)));
    }

    private void requireMemory(Backend backend, NetworkDefinition network, int batch) {
        SessionOptions session = SessionOptions.training(batch).withThreads(computing.threads());
        long needed = backend.memoryBytes(network, session);
        long present = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        LOG.info("training takes about {} MB of memory beside the images", needed / 1_000_000);
        if (needed > present) {
            throw new BadUsageException("training network " + network.name() + " in batches of " + batch + " takes "
                    + needed / 1_000_000 + " MB of memory, there are " + present / 1_000_000 + "; take a smaller"
                    + " --batch");
        }
    }

    private Map<String, String> provenance(List<Dataset> datasets, TrainingOptions options) {
        Map<String, String> provenance = new TreeMap<>();
        // Names alone: where data lie on this machine is nobody's business elsewhere.
        provenance.put("command", "nanohooke train " + paths.stream().map(path -> path.getFileName().toString())
                .collect(Collectors.joining(" ")) + " " + settings.commandLine(options)
                + (shows == Shows.RELAXED ? "" : " --shows " + shows.label()));
        provenance.putAll(shows.provenance());
        provenance.put("version", "nanohooke " + Version.number());
        provenance.putAll(TrainingDomain.provenance(datasets));
        provenance.putAll(statement.provenance());
        return provenance;
    }

    private int report(Training.Result result, TrainingOptions options, TrainingOutput output,
            DatasetSamples validation, Map<String, String> provenance, int stoppedCode) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        int code = ExitCodes.OK;
        Optional<TrainedModel> model = TrainedModel.of(result, provenance);
        if (model.isPresent()) {
            model.get().write(output.model());
            if (half) {
                if (model.get().writeHalf(output.model(), validation, computing.surrogate()).halves().isEmpty()) {
                    // A warning: the run is done, and a script that goes on until it is must not go on forever.
                    err.println("nanohooke: half precision would move a prediction by " + TrainedModel.HALF_LIMIT
                            + " GPa or more, whatever is rounded; " + output.model() + " has single precision");
                }
            }
            spec.commandLine().getOut().print(model.get().table(output.model()));
            spec.commandLine().getOut().flush();
        }
        if (result.ending() == Training.Ending.CANCELLED) {
            err.println("nanohooke: stopped after " + result.history().size() + " of " + options.epochs()
                    + " epochs; this goes on: " + SameCommand.again(spec, "--resume"));
            code = stoppedCode;
        }
        return code;
    }

    // A full disk ends a run, but takes nothing away: what is on it is whole.
    private int report(Exception failure, TrainingOutput output) {
        PrintWriter err = spec.commandLine().getErr();
        if (failure instanceof FileWriteException unwritten && unwritten.isDiskFull() && output.begun()) {
            err.println("nanohooke: " + failure.getMessage() + "; the last checkpoint is whole, this goes on when there"
                    + " is room: " + SameCommand.again(spec, "--resume"));
            return ExitCodes.PARTIAL_RESULTS;
        }
        return FailureReport.report(failure, err);
    }
}
