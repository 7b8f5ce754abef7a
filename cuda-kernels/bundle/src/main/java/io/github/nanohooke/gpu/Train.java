// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.surrogate.train.TrainingLoss;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A training of {@code --network} on the slim files of {@code --data}, as long as the time allows: the learning rate
 * falls by the end that a {@link Horizon} tells. Images show what {@code --shows} says; {@code --from} begins with a
 * model's network, head and weights. To {@code --to} go, under {@code --name}, the best network, in files of 15 MB at
 * most that {@code cat} puts together, the log and the losses of all steps; of a training that fails, the best network
 * until its last checkpoint.
 * {@code --samples} learns from so many of the samples only, {@code --images} sees so many images at most, and without
 * {@code --to} no network is left: points of a learning curve. {@code --augment no} leaves images as they are,
 * {@code --loss relative} minimises relative errors.
 */
final class Train extends BundleStep {
    private static final int BATCH = 128;
    /** Seconds kept for what follows the training: its files, and errors, averaged ones too. */
    private static final double RESERVE = 14;
    /** The same where no network is left. */
    private static final double SHORT_RESERVE = 7.5;
    private static final double CHECKPOINTS = 20;
    private static final double MOST_EPOCHS = 2000;

    private final Optional<Path> to;
    private final String name;
    private final double reserve;
    private final StringBuilder losses = new StringBuilder(Csv.line("step", "epoch", "batch_rmse_GPa"));

    private Train(String[] arguments) {
        super("training", arguments);
        to = words.named("to");
        name = words.text("name", "model");
        reserve = to.isPresent() ? RESERVE : SHORT_RESERVE;
    }

    public static void main(String[] arguments) {
        new Train(arguments).run();
    }

    @Override
    void work(Backend cuda) throws IOException {
        long begin = System.nanoTime();
        List<Dataset> datasets = datasets(words.path("data"));
        Shows shows = Shows.labelled(words.text("shows", Shows.RELAXED.label()));
        double most = words.number("samples", 0);
        DatasetSamples all = DatasetSamples.of(datasets, Part.TRAINING, shows);
        DatasetSamples training = most > 0 ? all.drawn((int) most) : all;
        int samples = training.distinct();
        DatasetSamples validation = DatasetSamples.of(datasets, Part.VALIDATION, shows);
        DatasetSamples test = DatasetSamples.of(datasets, Part.TEST, shows);
        Optional<ModelFile> from = ModelPieces.named(words.text("from", ""));
        if (from.isPresent() && (words.named("network").isPresent() || words.named("head").isPresent())) {
            throw new IllegalArgumentException("a training from a model has that model's network and head; --network"
                    + " and --head are for those from random weights");
        }
        NetworkDefinition network = from.map(ModelFile::definition)
                .orElseGet(() -> Workload.network(words.text("network", "periodic")));
        findings.value("images show", shows.label());
        from.ifPresent(model -> findings.value("begun from", words.path("from").getFileName() + ", trained on "
                + model.provenance().getOrDefault("training data", "data that it does not tell")));
        findings.value("samples", Map.of("training", samples, "validation", validation.size(), "test",
                test.size()));
        int epochs = (int) Math.max(1, Math.min(words.number("most-epochs", MOST_EPOCHS),
                Math.ceil(words.number("images", Double.MAX_VALUE) / training.size())));
        TrainingOptions options = TrainingOptions.defaults().withEpochs(epochs).withRate(words.number("rate", 2e-4))
                .withBatch((int) words.number("batch", BATCH))
                .withWarmupEpochs(Math.min(epochs, words.number("warmup", 1)))
                .withFinalFraction(words.number("final-fraction", 0.01)).withSeed((long) words.number("seed", 1))
                .withAugment(words.text("augment", "yes").equals("yes"))
                .withLoss(TrainingLoss.labelled(words.text("loss", TrainingLoss.SQUARED.label())));
        RunOptions computing = RunOptions.threads(Runtime.getRuntime().availableProcessors())
                .withInstructionSet(engine).withStretch(Duration.ofSeconds(1))
                .withCheckpoints(Duration.ofMillis(Math.round(1e3 * words.number("checkpoints", CHECKPOINTS))));
        Map<String, String> provenance = provenance(datasets, options, network.name(), shows);
        Horizon horizon = new Horizon(() -> findings.secondsLeft() - reserve, epochs);
        long trainingBegin = System.nanoTime();
        Training.Result result = trained(training(from, network, options, training, validation), horizon, cuda,
                computing, provenance);
        double seconds = (System.nanoTime() - trainingBegin) * 1e-9;
        long images = (long) result.history().size() * training.size();
        findings.value("ending", result.ending().toString());
        findings.value("epochs planned", horizon.inAll());
        findings.value("seconds an epoch, validation and log included", horizon.epochSeconds());
        findings.value("epochs done", result.history().size());
        findings.value("images seen", images);
        findings.value("training seconds, validation and set-up included", seconds);
        findings.value("us an image-step, all included", 1e6 * seconds / images);
        findings.value("hours for 17.2 million image-steps at this rate", 17.2e6 / images * seconds / 3600);
        ModelFile model = leave(result, provenance);
        ModelErrors errors = new ModelErrors(findings, SurrogateOptions.defaults()
                .withBackend(words.text("backend", "cuda")).withInstructionSet(engine));
        double[] rmse = errors.single(model, validation, test);
        findings.headline("%d epochs, %d image-steps in %s s; RMSE validation %s, test %s GPa",
                result.history().size(), images, Findings.digits(seconds), Findings.digits(rmse[0]),
                Findings.digits(rmse[1]));
        errors.averaged(model, test);
        findings.value("seconds in all", (System.nanoTime() - begin) * 1e-9);
    }

    /** Trains; of a training that fails, what its last checkpoint has is left before the failure goes on. */
    private Training.Result trained(Training training, Horizon horizon, Backend cuda, RunOptions computing,
            Map<String, String> provenance) throws IOException {
        Path folder = Files.createTempDirectory("nanohooke-training");
        Listener listener = new Listener(folder, horizon);
        try {
            Training.Result result = training.withEpochs(horizon).run(cuda, computing, folder, false, listener,
                    () -> findings.secondsLeft() < reserve);
            listener.copyLog();
            return result;
        } catch (RuntimeException e) {
            try {
                Optional<Training.Result> left = training.checkpointed(folder).filter(r -> !r.history().isEmpty());
                if (to.isPresent() && left.isPresent()) {
                    findings.failure("the training failed; the best network of the " + left.get().history().size()
                            + " epochs before its last checkpoint is left");
                    leave(left.get(), provenance);
                }
            } catch (IOException | RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Writes the network where one is to be left. */
    private ModelFile leave(Training.Result result, Map<String, String> provenance) throws IOException {
        ModelFile model = result.model().with(provenance, Map.of());
        if (to.isPresent()) {
            ModelPieces.write(model, to.get().resolve(name + ModelPieces.ENDING));
        }
        return model;
    }

    private Training training(Optional<ModelFile> from, NetworkDefinition network, TrainingOptions options,
            TrainingData training, TrainingData validation) {
        if (from.isPresent()) {
            return Training.from(from.get(), options, training, validation);
        }
        OutputHead head = TargetStatistics.of(training).head(words.text("head", "direct"));
        return new Training(network, head, options, training, validation);
    }

    /** Keeps the losses, and the log as it grows. */
    private final class Listener implements TrainingListener {
        private final Path folder;
        private final Horizon horizon;
        private final Findings.Table table = findings.table("Training", "epoch", "rate", "training RMSE [GPa]",
                "validation RMSE [GPa]", "s");
        private double told;

        Listener(Path folder, Horizon horizon) {
            this.folder = folder;
            this.horizon = horizon;
        }

        @Override
        public void begin(List<EpochRecord> history, long step, long steps) {
            horizon.begin();
        }

        @Override
        public void step(int epoch, long step, long steps, double rmse) {
            losses.append(Csv.line(step, epoch, String.format(Locale.ROOT, "%.5f", rmse)));
        }

        @Override
        public void epoch(EpochRecord epoch) {
            double now = findings.secondsLeft();
            if (epoch.epoch() > 1 && told - now < 5) {
                return;
            }
            told = now;
            table.row(epoch.epoch(), Findings.digits(epoch.rate()), Findings.digits(epoch.trainingRmse()),
                    Findings.digits(epoch.validation().rmse()), Findings.digits(epoch.seconds()));
            findings.headline("epoch %d of %d: validation RMSE %s GPa", epoch.epoch(), horizon.inAll(),
                    Findings.digits(epoch.validation().rmse()));
            try {
                copyLog();
            } catch (IOException e) {
                findings.failure("the log cannot be copied: " + e);
            }
        }

        private void copyLog() throws IOException {
            if (to.isEmpty()) {
                return;
            }
            Path log = folder.resolve("training.csv");
            if (Files.exists(log)) {
                Files.copy(log, to.get().resolve(name + ".csv"), StandardCopyOption.REPLACE_EXISTING);
            }
            AtomicFile.writeText(to.get().resolve(name + "-losses.csv"), losses);
        }
    }

    /** The slim files below the folder. */
    private static List<Dataset> datasets(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().map(Dataset::open).toList();
        }
    }

    private Map<String, String> provenance(List<Dataset> datasets, TrainingOptions options, String network,
            Shows shows) {
        Map<String, String> provenance = new TreeMap<>(TrainingDomain.provenance(datasets));
        provenance.putAll(shows.provenance());
        provenance.put("command", "gpu-bundle, part train, network " + network + ", epochs by the time, "
                + options.epochs() + " at most, batch " + options.batch() + ", rate " + options.rate() + ", seed "
                + options.seed() + ", loss " + options.loss().label()
                + words.named("from").map(from -> ", from " + from.getFileName()).orElse(""));
        provenance.put("version", "nanohooke " + Version.number());
        return provenance;
    }
}
