// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.FamilyErrors;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SamplePredictions;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.train.EpochRecord;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.surrogate.train.TrainingLoss;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A training of {@code --network} on the slim files of {@code --data}, as long as the time allows: the number of epochs
 * is chosen from a measured step, so that the learning rate falls as it should. Images show what {@code --shows} says;
 * {@code --from} begins with a model's network, head and weights. To {@code --to} go, under {@code --name}, the best
 * network, in files of 15 MB at most that {@code cat} puts together, the log and the losses of all steps.
 * {@code --samples} learns from so many of the samples only, {@code --images} sees so many images at most, and without
 * {@code --to} no network is left: points of a learning curve. {@code --augment no} leaves images as they are,
 * {@code --loss relative} minimises relative errors.
 */
final class Train extends BundleStep {
    private static final int BATCH = 128;
    private static final int COMPARED = 64;
    /** Share of the time that training is planned for, and seconds kept for the rest. */
    private static final double SHARE = 0.93;
    private static final double RESERVE = 14;
    /** Seconds for the rest where no network is left. */
    private static final double SHORT_RESERVE = 6;
    private static final double LEAST_FOR_AVERAGE = 4;

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
        NetworkDefinition network = from.map(ModelFile::definition)
                .orElseGet(() -> Workload.network(words.text("network", "periodic")));
        findings.value("images show", shows.label());
        from.ifPresent(model -> findings.value("begun from", words.path("from").getFileName() + ", trained on "
                + model.provenance().getOrDefault("training data", "data that it does not tell")));
        findings.value("samples", Map.of("training", samples, "validation", validation.size(), "test",
                test.size()));
        TrainingOptions options = TrainingOptions.defaults().withRate(words.number("rate", 2e-4))
                .withBatch((int) words.number("batch", BATCH))
                .withFinalFraction(words.number("final-fraction", 0.01)).withSeed((long) words.number("seed", 1))
                .withAugment(words.text("augment", "yes").equals("yes"))
                .withLoss(TrainingLoss.labelled(words.text("loss", TrainingLoss.SQUARED.label())));
        double step = stepSeconds(cuda, network, options.batch());
        double epoch = step * Math.ceil(training.size() / (double) options.batch())
                + 0.4 * step * validation.size() / options.batch();
        double budget = SHARE * (findings.secondsLeft() - reserve);
        double wanted = Math.ceil(words.number("images", Double.MAX_VALUE) / training.size());
        int epochs = (int) Math.max(1, Math.min(Math.min(words.number("most-epochs", 2000), wanted), budget / epoch));
        findings.value("seconds a step of " + options.batch() + " images", step);
        findings.value("epochs planned", epochs);
        findings.headline("%d epochs of %d images of %d samples planned, %s us an image", epochs, training.size(),
                samples, Findings.digits(1e6 * step / options.batch()));
        options = options.withEpochs(epochs).withWarmupEpochs(words.number("warmup", 1));
        RunOptions computing = RunOptions.threads(Runtime.getRuntime().availableProcessors())
                .withInstructionSet(engine).withStretch(Duration.ofSeconds(1)).withCheckpoints(Duration.ofHours(1));
        Path folder = Files.createTempDirectory("nanohooke-training");
        long trainingBegin = System.nanoTime();
        Listener listener = new Listener(folder);
        Training.Result result = training(from, network, options, training, validation).run(cuda, computing, folder,
                false, listener, () -> findings.secondsLeft() < reserve);
        listener.copyLog();
        double seconds = (System.nanoTime() - trainingBegin) * 1e-9;
        long images = (long) result.history().size() * training.size();
        findings.value("ending", result.ending().toString());
        findings.value("epochs done", result.history().size());
        findings.value("images seen", images);
        findings.value("training seconds, validation and set-up included", seconds);
        findings.value("us an image-step, all included", 1e6 * seconds / images);
        findings.value("hours for 17.2 million image-steps at this rate", 17.2e6 / images * seconds / 3600);
        ModelFile model = result.model().with(provenance(datasets, options, network.name()), Map.of())
                .with(shows.provenance(), Map.of());
        if (to.isPresent()) {
            ModelPieces.write(model, to.get().resolve(name + ModelPieces.ENDING));
            AtomicFile.writeText(to.get().resolve(name + "-losses.csv"), losses);
        }
        evaluate(model, validation, test, seconds, result.history().size(), images);
        findings.value("seconds in all", (System.nanoTime() - begin) * 1e-9);
    }

    private Training training(Optional<ModelFile> from, NetworkDefinition network, TrainingOptions options,
            TrainingData training, TrainingData validation) {
        if (from.isPresent()) {
            return Training.from(from.get(), options, training, validation);
        }
        OutputHead head = TargetStatistics.of(training).head(words.text("head", "direct"));
        return new Training(network, head, options, training, validation);
    }

    /** The median of some stretches. */
    private double stepSeconds(Backend cuda, NetworkDefinition network, int batch) {
        Workload work = Workload.ofStructures(network, batch);
        int steps = 10;
        long[] codes = work.codes(steps * batch, true);
        float[] rates = new float[steps];
        Arrays.fill(rates, 1e-5f);
        double[] times = new double[5];
        try (NetworkSession session = cuda.open(work.definition(), with(SessionOptions.training(batch)))) {
            session.setParameters(work.parameters());
            session.setTrainingSet(work);
            session.train(codes, batch, rates, new double[steps]);
            for (int i = 0; i < times.length; i++) {
                long begin = System.nanoTime();
                session.train(codes, batch, rates, new double[steps]);
                times[i] = (System.nanoTime() - begin) * 1e-9 / steps;
            }
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }

    /** Keeps the losses, and the log as it grows. */
    private final class Listener implements TrainingListener {
        private final Path folder;
        private final Findings.Table table = findings.table("Training", "epoch", "rate", "training RMSE [GPa]",
                "validation RMSE [GPa]", "s");
        private double told;

        Listener(Path folder) {
            this.folder = folder;
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
            findings.headline("epoch %d: validation RMSE %s GPa", epoch.epoch(), Findings.digits(
                    epoch.validation().rmse()));
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

    private Map<String, String> provenance(List<Dataset> datasets, TrainingOptions options, String network) {
        Map<String, String> provenance = new TreeMap<>(TrainingDomain.provenance(datasets));
        provenance.put("command", "gpu-bundle, part train, network " + network + ", epochs " + options.epochs()
                + ", batch " + options.batch() + ", rate " + options.rate() + ", seed " + options.seed()
                + ", loss " + options.loss().label()
                + words.named("from").map(from -> ", from " + from.getFileName()).orElse(""));
        provenance.put("version", "nanohooke " + Version.number());
        return provenance;
    }

    private void evaluate(ModelFile model, DatasetSamples validation, DatasetSamples test, double seconds, int epochs,
            long images) {
        SurrogateOptions options = SurrogateOptions.defaults().withBackend(words.text("backend", "cuda"));
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("the trained model", model, options)) {
            Findings.Table table = findings.table("Errors of the best network [GPa]", "part", "samples", "RMSE",
                    "of each constant: " + String.join(" ", ElasticConstants.names()));
            double[] rmse = {errors(table, Part.VALIDATION, surrogate, validation),
                errors(table, Part.TEST, surrogate, test)};
            double difference = difference(surrogate, model, test);
            table.row("largest difference from the backend cpu", Math.min(COMPARED, test.size()),
                    Findings.digits(difference), "");
            if (!(difference < 1e-3)) {
                findings.failure("predictions differ from those of the backend cpu by " + difference + " GPa");
            }
            findings.headline("%d epochs, %d image-steps in %s s; RMSE validation %s, test %s GPa", epochs, images,
                    Findings.digits(seconds), Findings.digits(rmse[0]), Findings.digits(rmse[1]));
        }
        if (findings.secondsLeft() < LEAST_FOR_AVERAGE) {
            return;
        }
        try (ElasticSurrogate average = ElasticSurrogate.of("the trained model", model, options.withAverage(true))) {
            Findings.Table table = findings.table("Errors on the test part, averaged over eight orientations", "family",
                    "samples", "RMSE [GPa]", "largest [GPa]", "relative error, median [%]", "95th percentile [%]");
            for (FamilyErrors family : FamilyErrors.of(SamplePredictions.of(average, test), test)) {
                table.row(family.family(), family.samples(), Findings.digits(family.rmse()),
                        Findings.digits(family.largest()), Findings.digits(100 * family.relativeMedian()),
                        Findings.digits(100 * family.relative95()));
            }
        }
    }

    /** A row of the table. @return the RMSE over all constants */
    private static double errors(Findings.Table table, Part part, ElasticSurrogate surrogate, TrainingData data) {
        double[][] predicted = SamplePredictions.of(surrogate, data);
        ErrorStatistics.Collector collector = new ErrorStatistics.Collector();
        for (int i = 0; i < predicted.length; i++) {
            collector.add(predicted[i], data.constants(i));
        }
        ErrorStatistics errors = collector.statistics();
        table.row(part, data.size(), Findings.digits(errors.rmse()), errors.perConstant().stream()
                .map(Findings::digits).collect(Collectors.joining(" ")));
        return errors.rmse();
    }

    private static double difference(ElasticSurrogate surrogate, ModelFile model, TrainingData data) {
        double worst = 0;
        double[] ours = new double[ElasticConstants.COUNT];
        double[] theirs = new double[ElasticConstants.COUNT];
        try (ElasticSurrogate cpu = ElasticSurrogate.of("the trained model", model, SurrogateOptions.defaults())) {
            for (int i = 0; i < Math.min(COMPARED, data.size()); i++) {
                surrogate.predict(List.of(data.image(i)), ours);
                cpu.predict(List.of(data.image(i)), theirs);
                for (int k = 0; k < ours.length; k++) {
                    double d = Math.abs(ours[k] - theirs[k]);
                    worst = d <= worst ? worst : d;
                }
            }
        }
        return worst;
    }
}
