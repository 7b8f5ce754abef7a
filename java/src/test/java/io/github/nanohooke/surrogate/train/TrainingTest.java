// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.ImageCode;
import io.github.nanohooke.nn.ImagePacking;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.file.Tensor;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
    /** One step a stretch, a checkpoint after each. */
    private static final RunOptions STEP_BY_STEP = RunOptions.threads(1).withStretch(Duration.ZERO)
            .withCheckpoints(Duration.ZERO);

    @TempDir
    Path folder;

    private final Backend backend = new ReferenceBackend();
    private final TestData samples = TestData.random(40, 1);
    private final TestData others = TestData.random(12, 2);
    private final TrainingOptions options = TrainingOptions.defaults().withEpochs(4).withBatch(16).withRate(3e-3)
            .withWarmupEpochs(0.5);

    private Training training(TrainingOptions options, String head) {
        return new Training(TestData.network(), TargetStatistics.of(samples).head(head), options, samples, others);
    }

    private Training.Result run(Training training, Path to, boolean resume, int stopAfter) {
        return run(training, to, resume, stopAfter, TrainingListener.SILENT);
    }

    private Training.Result run(Training training, Path to, boolean resume, int stopAfter, TrainingListener listener) {
        AtomicInteger batches = new AtomicInteger();
        return training.run(backend, STEP_BY_STEP, to, resume, listener, () -> batches.incrementAndGet() == stopAfter);
    }

    /** What a run says of where it begins, and the steps that it takes. */
    private static final class Steps implements TrainingListener {
        private final List<Long> taken = new ArrayList<>();
        private int epochsBefore;
        private long stepsBefore;

        @Override
        public void begin(List<EpochRecord> history, long step, long steps) {
            epochsBefore = history.size();
            stepsBefore = step;
            assertThat(steps).isEqualTo(12);
        }

        @Override
        public void step(int epoch, long step, long steps, double rmse) {
            taken.add(step);
        }
    }

    @ParameterizedTest
    @CsvSource({"direct, SQUARED", "cholesky, SQUARED", "direct, RELATIVE", "cholesky, RELATIVE"})
    void theErrorFallsBelowThatOfTheMean(String head, TrainingLoss loss) throws IOException {
        TrainingOptions longer = options.withEpochs(40).withBatch(8).withRate(5e-3).withLoss(loss);
        Training.Result result = run(training(longer, head), folder, false, -1);
        assertThat(result.ending()).isEqualTo(Training.Ending.COMPLETED);
        double best = result.model().metrics().get("validation_rmse_GPa");
        double part = loss == TrainingLoss.SQUARED ? 0.5 : 0.6; // the other one is not trained for the RMSE
        assertThat(best).as("RMSE, against the spread of the constants")
                .isLessThan(part * TargetStatistics.of(samples).scale());
        ToDoubleFunction<EpochRecord> minimised = loss == TrainingLoss.SQUARED ? e -> e.validation().rmse()
                : EpochRecord::relative;
        EpochRecord least = result.history().stream().min(Comparator.comparingDouble(minimised)).orElseThrow();
        assertThat(least.validation().rmse()).isEqualTo(best);
        assertThat(least.best()).isTrue();
        ValidationErrors errors = errors(result.model());
        assertThat(errors.statistics().rmse()).isCloseTo(best, within(1e-12));
        assertThat(errors.relative()).isCloseTo(least.relative(), within(1e-12));
        List<String> csv = Files.readAllLines(TrainingLog.file(folder));
        assertThat(csv).hasSize(41);
        assertThat(csv.get(0)).startsWith("epoch,step,learning_rate")
                .contains("validation_relative_error", "validation_C45_rmse_GPa");
        assertThat(csv.get(15)).startsWith("15,75,");
        assertThat(csv.get(15).split(",")).hasSameSizeAs(csv.get(0).split(","));
    }

    private ValidationErrors errors(ModelFile model) {
        try (NetworkSession session = backend.open(model.definition(), SessionOptions.inference(5))) {
            session.setParameters(model.parameters());
            return ValidationErrors.of(session, model.head(), others);
        }
    }

    /** Three batches an epoch: stops in the middle of one, after its last batch, and just after its beginning. */
    @ParameterizedTest
    @CsvSource({"direct, 5", "direct, 6", "direct, 7", "cholesky, 5"})
    void aRunThatWasStoppedGoesOnToTheBit(String head, int stopAfter) throws IOException {
        Training.Result whole = run(training(options, head), folder.resolve("whole"), false, -1);
        Path parts = folder.resolve("parts");
        Training.Result first = run(training(options, head), parts, false, stopAfter);
        assertThat(first.ending()).isEqualTo(Training.Ending.CANCELLED);
        Steps steps = new Steps();
        Training.Result second = run(training(options, head), parts, true, -1, steps);
        assertThat(steps.stepsBefore).isEqualTo(stopAfter);
        assertThat(steps.epochsBefore).as("a cancelled epoch is not validated").isEqualTo((stopAfter - 1) / 3);
        assertThat(steps.taken).isEqualTo(LongStream.rangeClosed(stopAfter + 1, 12).boxed().toList());
        assertThat(second.ending()).isEqualTo(Training.Ending.COMPLETED);
        assertThat(second.model().parameters()).isEqualTo(whole.model().parameters());
        Checkpoint expected = Checkpoint.read(folder.resolve("whole"));
        Checkpoint actual = Checkpoint.read(parts);
        assertThat(actual.parameters()).isEqualTo(expected.parameters());
        assertThat(actual.adam().first()).isEqualTo(expected.adam().first());
        assertThat(actual.adam().second()).isEqualTo(expected.adam().second());
        assertThat(withoutSeconds(parts)).isEqualTo(withoutSeconds(folder.resolve("whole")));
    }

    private static List<String> withoutSeconds(Path run) throws IOException {
        try (Stream<String> lines = Files.lines(TrainingLog.file(run))) {
            return lines.map(line -> line.substring(0, line.lastIndexOf(','))).toList();
        }
    }

    @Test
    void aCompletedRunResumesToItsResult() throws IOException {
        Training.Result first = run(training(options, "direct"), folder, false, -1);
        List<String> log = Files.readAllLines(TrainingLog.file(folder));
        // As after a kill between the last checkpoint and its line in the log.
        Files.write(TrainingLog.file(folder), log.subList(0, log.size() - 1));
        Steps steps = new Steps();
        Training.Result again = run(training(options, "direct"), folder, true, -1, steps);
        assertThat(steps.stepsBefore).isEqualTo(12);
        assertThat(steps.epochsBefore).isEqualTo(4);
        assertThat(steps.taken).isEmpty();
        assertThat(again.ending()).isEqualTo(Training.Ending.COMPLETED);
        assertThat(again.model().parameters()).isEqualTo(first.model().parameters());
        assertThat(TrainingLog.file(folder)).hasContent(String.join("\n", log) + "\n");
    }

    /** A second run, from within the first one: a process locks against itself as it does against others. */
    @Test
    void oneRunAtATimeTrainsInAFolder() {
        List<String> refusals = new ArrayList<>();
        TrainingListener intruder = new TrainingListener() {
            @Override
            public void epoch(EpochRecord epoch) {
                for (boolean resume : new boolean[] {false, true}) {
                    assertThatThrownBy(() -> run(training(options, "direct"), folder, resume, -1))
                            .isInstanceOf(SurrogateException.class)
                            .satisfies(refusal -> refusals.add(refusal.getMessage()));
                }
            }
        };
        run(training(options, "direct"), folder, false, 4, intruder);
        assertThat(refusals).hasSize(2).allMatch(message -> message.startsWith("another process trains in " + folder));
        assertThat(run(training(options, "direct"), folder, true, -1).ending()).as("the lock ends with the run")
                .isEqualTo(Training.Ending.COMPLETED);
    }

    @Test
    void aLockThatCannotBeMadeIsNamed() throws IOException {
        Files.createDirectories(folder.resolve("lock"));
        assertThatThrownBy(() -> run(training(options, "direct"), folder, false, -1))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("the lock of the run")
                .hasMessageContaining("cannot be made");
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        float[] one = run(training(options, "direct"), folder.resolve("1"), false, -1).model().parameters();
        float[] two = run(training(options.withSeed(2), "direct"), folder.resolve("2"), false, -1).model().parameters();
        assertThat(two).isNotEqualTo(one);
    }

    @Test
    void anotherRunIsNotResumed() {
        run(training(options, "direct"), folder, false, 2);
        assertThatThrownBy(() -> run(training(options.withBatch(8), "direct"), folder, true, -1))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("begun with another options")
                .hasMessageContaining("\"batch\":16").hasMessageContaining("\"batch\":8");
        assertThatThrownBy(() -> run(training(options, "cholesky"), folder, true, -1))
                .hasMessageContaining("begun with another head");
        TestData fewer = TestData.random(39, 1);
        Training other = new Training(TestData.network(), TargetStatistics.of(samples).direct(), options, fewer,
                others);
        assertThatThrownBy(() -> run(other, folder, true, -1)).hasMessageContaining("begun with another training data");
        assertThatThrownBy(() -> run(training(options, "direct"), folder, false, -1))
                .hasMessageContaining("there is a run in").hasMessageContaining("already");
        assertThatThrownBy(() -> run(training(options, "direct"), folder.resolve("empty"), true, -1))
                .hasMessageContaining("no checkpoint");
    }

    @Test
    void theCheckpointBeforeIsKept() throws IOException {
        run(training(options, "direct"), folder, false, -1);
        Path newest = Checkpoint.file(folder);
        Path previous = folder.resolve("checkpoint-previous.safetensors");
        assertThat(Checkpoint.read(folder).state().epoch()).isEqualTo(4);
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> run(training(options, "direct"), folder, true, -1))
                .hasMessageContaining("truncated").hasMessageContaining("go on from the one before, " + previous);
        Files.delete(newest);
        assertThat(Checkpoint.read(folder).state().epoch()).isEqualTo(3);
        assertThat(run(training(options, "direct"), folder, true, -1).history()).hasSize(4);
    }

    /** What damage, a newer version or another hand makes of the newest checkpoint: the one before is offered. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "identity | \"frame\":\"input-axes\" | \"frame\":\"lab-axes\" | unknown frame of tensors 'lab-axes'",
        "numerics | reference java |            | does not tell what computed it",
        "adam_step | 12         | -12           | cannot be negative, got -12",
        "adam_step | 12         | 13            | has taken 12 steps, its optimiser 13",
        "state | \"bestEpoch\":  | \"bestEpoch\":9 | its best epoch is 9",
        "state | \"epoch\":4,    | \"epoch\":5,    | after epoch 5, but tells of 4",
        "state | \"batch\":0     | \"batch\":-1    | has done -1 batches",
        "state | \"batch\":0     | \"batch\":1     | 1 batches and 12 steps in all, of a run of 4 epochs with 3 steps",
        "state | \"squaredSum\":0.0 | \"squaredSum\":\"NaN\" | squared errors of NaN",
        "state | {\"epoch\":2,   | {\"epoch\":1,   | in the place of epoch 2 is epoch 1",
        "state | \"perConstant\":[ | \"perConstant\":[1, | validation errors of epoch 1",
        "state | \"perConstant\":[ | \"perConstant\":[null, | a value is null",
        "state | \"history\":     | \"future\":1,\"history\": | Unrecognized field"})
    void aCheckpointThatContradictsItselfIsNamed(String entry, String from, String to, String message) {
        run(training(options, "direct"), folder, false, -1);
        edit((metadata, tensors) -> {
            String text = metadata.get(entry);
            assertThat(text).contains(from);
            metadata.put(entry, text.replace(from, to == null ? "" : to));
            if (to == null) {
                metadata.remove(entry);
            }
        });
        assertUnusable(message);
    }

    @Test
    void aCheckpointOfOtherNumbersIsNamed() {
        run(training(options, "direct"), folder, false, -1);
        Checkpoint whole = Checkpoint.read(folder);
        int count = whole.parameters().length;
        Map<String, String> words = Map.of("parameters", "parameters", "adam_first", "first moments", "adam_second",
                "second moments", "best", "parameters of the best epoch");
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] values = whole.parameters().clone();
            values[count - 1] = bad;
            words.forEach((name, what) -> assertUnusable(Set.of(name), values, "not all of its " + what + " are"));
        }
        float[] fewer = Arrays.copyOf(whole.parameters(), count - 1);
        assertUnusable(Set.of("parameters"), fewer, "it has " + count + " moments of the optimiser, not "
                + fewer.length);
        assertUnusable(Set.of("adam_first"), fewer, "Adam's moments differ in length");
        assertUnusable(Set.of("adam_second"), fewer, "Adam's moments differ in length");
        assertUnusable(Set.of("best"), fewer, fewer.length + " parameters of the best epoch, not " + count);
        assertUnusable(words.keySet(), fewer, "it has " + fewer.length + " parameters, not " + count);
    }

    /** With these numbers in place of some of the newest checkpoint's, which is whole again afterwards. */
    private void assertUnusable(Set<String> names, float[] values, String message) {
        Safetensors whole = Safetensors.read(Checkpoint.file(folder));
        edit((metadata, tensors) -> names.forEach(name -> tensors.put(name,
                Tensor.ofFloats(List.of((long) values.length), values))));
        assertUnusable(message);
        whole.write(Checkpoint.file(folder));
    }

    /** The newest checkpoint, changed in the file; the one before stays as it is. */
    private void edit(BiConsumer<Map<String, String>, Map<String, Tensor>> change) {
        Safetensors file = Safetensors.read(Checkpoint.file(folder));
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        Map<String, Tensor> tensors = new LinkedHashMap<>(file.tensors());
        change.accept(metadata, tensors);
        new Safetensors(metadata, tensors).write(Checkpoint.file(folder));
    }

    private void assertUnusable(String message) {
        assertThatThrownBy(() -> run(training(options, "direct"), folder, true, -1))
                .isInstanceOf(SurrogateException.class)
                .hasMessageContainingAll("checkpoint " + Checkpoint.file(folder), message, "delete it to go on from");
    }

    /** The first versions measured no relative errors: what comes after is better. */
    @Test
    void aCheckpointWithoutRelativeErrorsGoesOn() {
        Training training = training(options.withLoss(TrainingLoss.RELATIVE), "direct");
        run(training, folder, false, 5);
        edit((metadata, tensors) -> metadata.put("state",
                metadata.get("state").replaceAll("\"relative\":[-+.0-9E]+,", "")));
        Training.Result result = run(training, folder, true, -1);
        assertThat(result.history()).hasSize(4);
        assertThat(result.history().get(0).relative()).isZero();
        assertThat(result.history().get(1).relative()).isPositive();
        assertThat(result.history().get(1).best()).isTrue();
    }

    /** A training part that is a quarter stiffer than that of the network before, which the head is of. */
    @Test
    void aModelTellsTheConstantsThatItHasLearntFrom() {
        ModelFile first = run(training(options, "cholesky"), folder.resolve("first"), false, -1).model();
        assertThat(TrainingConstants.of(first).statistics()).isEqualTo(TargetStatistics.of(samples));
        List<double[]> stiffer = samples.targets().stream()
                .map(target -> Arrays.stream(target).map(c -> 1.25 * c).toArray()).toList();
        TestData data = new TestData(samples.images(), stiffer, "stiffer");
        Training training = Training.from(first, options, data, others);
        ModelFile second = run(training, folder.resolve("second"), false, -1).model();
        assertThat(second.head()).isEqualTo(first.head());
        assertThat(TrainingConstants.of(second)).isEqualTo(new TrainingConstants(TargetStatistics.of(data), true));
        TestData equal = new TestData(samples.images().subList(0, 1),
                List.of(ElasticConstants.of(ElasticTensor.cubic(114, 62, 32))), "");
        assertThatThrownBy(() -> Training.from(first, options, equal, others)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("nothing to learn");
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunAndNamesTheCheckpoint() {
        Training training = assertDiverges(() -> { }, Checkpoint.file(folder));
        assertThat(Checkpoint.read(folder).state().epoch()).isEqualTo(1);
        itsBestNetworkIsLeft(training);
    }

    @Test
    void theCheckpointBeforeIsTheLastGoodOneWhereTheNewestIsGone() {
        assertDiverges(() -> {
            try {
                Files.delete(Checkpoint.file(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, folder.resolve("checkpoint-previous.safetensors"));
    }

    /** All targets grow beyond all bounds after the first epoch. */
    private Training assertDiverges(Runnable before, Path lastGood) {
        List<double[]> targets = new ArrayList<>(samples.targets());
        TestData data = new TestData(samples.images(), targets, "poisoned");
        Training training = new Training(TestData.network(), TargetStatistics.of(samples).direct(), options, data,
                others);
        TrainingListener poison = new TrainingListener() {
            @Override
            public void epoch(EpochRecord epoch) {
                double[] huge = new double[13];
                Arrays.fill(huge, 1e300);
                Collections.fill(targets, huge);
                before.run();
            }
        };
        assertThatThrownBy(() -> training.run(backend, STEP_BY_STEP, folder, false, poison, () -> false))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("the loss is Infinity in epoch 2")
                .hasMessageContaining("last good checkpoint is " + lastGood);
        return training;
    }

    private void itsBestNetworkIsLeft(Training training) {
        assertThat(training.checkpointed(folder.resolve("never"))).isEmpty();
        Training.Result left = training.checkpointed(folder).orElseThrow();
        assertThat(left.ending()).isEqualTo(Training.Ending.CANCELLED);
        assertThat(left.history()).hasSize(1);
        assertThat(left.model().parameters()).isEqualTo(Checkpoint.read(folder).best());
        assertThat(left.model().metrics()).containsEntry("validation_rmse_GPa",
                left.history().get(0).validation().rmse());
        assertThat(left.model().provenance()).containsEntry("epoch", "1").containsEntry("backend", "reference java");
        Training other = training(options.withSeed(2), "direct");
        assertThatThrownBy(() -> other.checkpointed(folder)).isInstanceOf(SurrogateException.class);
    }

    /** Its rate falls by what is known of the end: the first epoch as of a long run, the last as of a short one. */
    @Test
    void theRateFallsByAnEndThatIsFoundOutOnTheWay() {
        Training open = training(options.withEpochs(50), "direct").withEpochs(done -> 4);
        Training.Result result = run(open, folder, false, -1);
        assertThat(result.ending()).isEqualTo(Training.Ending.COMPLETED);
        assertThat(result.model().provenance().get("options")).contains("\"epochs\":4,");
        LearningRate expected = options.schedule(40);
        assertThat(result.history()).extracting(EpochRecord::rate).containsExactly(
                options.withEpochs(50).schedule(40).at(2), expected.at(5), expected.at(8), expected.at(11));
        assertThat(run(open, folder, true, -1).history()).as("of one that had ended").isEqualTo(result.history());
        Training ended = training(options.withWarmupEpochs(3), "direct").withEpochs(done -> done);
        assertThat(run(ended, folder.resolve("short"), false, -1).history()).as("ended at once").hasSize(1);
    }

    /** Stretches of many steps and no checkpoint before the end: the same numbers as one step at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "cholesky"})
    void stretchesAndCheckpointsChangeNothing(String head) throws IOException {
        Training.Result steps = run(training(options, head), folder.resolve("steps"), false, -1);
        RunOptions longStretches = RunOptions.threads(1).withStretch(Duration.ofHours(1))
                .withCheckpoints(Duration.ofHours(1));
        Path whole = folder.resolve("whole");
        AtomicInteger looks = new AtomicInteger();
        Training.Result stretches = training(options, head).run(backend, longStretches, whole, false,
                TrainingListener.SILENT, () -> looks.incrementAndGet() < 0);
        assertThat(stretches.model().parameters()).isEqualTo(steps.model().parameters());
        assertThat(stretches.model().provenance()).containsEntry("backend", "reference java")
                .containsEntry("device", "processor").containsEntry("training precision", "fp32");
        assertThat(looks.get()).as("looks at the stop: one step to learn its time, then whole epochs").isEqualTo(5);
        assertThat(withoutSeconds(whole)).isEqualTo(withoutSeconds(folder.resolve("steps")));
        assertThat(whole.resolve("checkpoint-previous.safetensors")).as("one checkpoint, at the end").doesNotExist();
        assertThat(Checkpoint.read(whole).state().epoch()).isEqualTo(4);
    }

    @Test
    void earlyStoppingWaitsForItsPatience() {
        TrainingOptions restless = options.withEpochs(50).withRate(0.5).withFinalFraction(1).withPatience(3);
        Training.Result result = run(training(restless, "direct"), folder, false, -1);
        assertThat(result.ending()).isEqualTo(Training.Ending.STOPPED_EARLY);
        int last = result.history().size();
        int best = Integer.parseInt(result.model().provenance().get("epoch"));
        assertThat(last).isEqualTo(best + 3).isLessThan(50);
        assertThat(result.history().get(best - 1).best()).isTrue();
        assertThat(run(training(restless, "direct"), folder, true, -1).ending())
                .isEqualTo(Training.Ending.STOPPED_EARLY);
    }

    @Test
    void augmentationTurnsImagesAndConstantsTogether() {
        Augmentation augmentation = new Augmentation(40, TestData.PIXELS, true, 3);
        ElasticTrainingSet set = new ElasticTrainingSet(samples, TargetStatistics.of(samples).direct(), 16);
        OutputHead head = TargetStatistics.of(samples).direct();
        long[] codes = augmentation.epoch(1);
        assertThat(Arrays.stream(codes).mapToInt(code -> ImageCode.of(code).sample()).toArray())
                .isEqualTo(augmentation.order(1)).doesNotHaveDuplicates().hasSize(40);
        assertThat(augmentation.order(1)).isNotEqualTo(augmentation.order(2));
        ImagePacking packing = new ImagePacking(TestData.PIXELS);
        byte[] batch = new byte[40 * packing.bytes()];
        float[] targets = new float[13];
        int swapped = 0;
        for (int i = 0; i < 40; i++) {
            ImageCode code = ImageCode.of(codes[i]);
            packing.put(set.image(code.sample()), code.symmetry(), code.rows(), code.columns(), batch, i);
            set.targets(code.sample(), code.symmetry(), targets, 0);
            double[] before = new double[13];
            double[] after = new double[13];
            for (int k = 0; k < 13; k++) {
                before[k] = Math.round(1e3 * samples.constants(code.sample())[k]);
                after[k] = Math.round(1e3 * (head.offset().get(k) + head.scale() * targets[k]));
            }
            assertThat(solid(batch, i)).isEqualTo(
                    Math.round((100 - samples.image(code.sample()).porosity()) * 2.56));
            boolean same = before[0] == after[0];
            assertThat(after[same ? 0 : 1]).isEqualTo(before[0]);
            assertThat(after[same ? 6 : 7]).isEqualTo(before[6]);
            swapped += same ? 0 : 1;
        }
        assertThat(swapped).as("quarter turns among 40 samples").isBetween(8, 32);
    }

    private static long solid(byte[] batch, int index) {
        int bytes = TestData.PIXELS * TestData.PIXELS / 8;
        long count = 0;
        for (int i = 0; i < bytes; i++) {
            count += Integer.bitCount(batch[index * bytes + i] & 0xff);
        }
        return count;
    }

    @Test
    void theLearningRateRisesAndFallsAsDescribed() {
        LearningRate rate = new LearningRate(2e-4, 3, 13, 0.1);
        assertThat(rate.at(0)).isCloseTo(0.5e-4, within(1e-18));
        assertThat(rate.at(2)).isCloseTo(1.5e-4, within(1e-18));
        assertThat(rate.at(3)).isEqualTo(2e-4);
        assertThat(rate.at(12)).isCloseTo(2e-5, within(1e-18));
        assertThat(rate.at(7) + rate.at(8)).as("the cosine is symmetric about its middle")
                .isCloseTo(2e-4 * 1.1, within(1e-15));
        assertThat(new LearningRate(1e-3, 0, 1, 1).at(0)).isEqualTo(1e-3);
        assertThatThrownBy(() -> new LearningRate(0, 0, 1, 1)).hasMessageContaining("got 0.0");
        assertThatThrownBy(() -> options.withFinalFraction(2)).hasMessageContaining("final rate");
        assertThatThrownBy(() -> options.withEpochs(0)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> options.withPatience(-1)).hasMessageContaining("patience");
        assertThatThrownBy(() -> new LearningRate(1e-3, 2, 1, 1)).hasMessageContaining("no more of warm-up");
    }

    /** A rise that never ends would overflow, or silently never reach the rate. */
    @Test
    void theWarmUpEndsWithTheRun() {
        for (double warmup : new double[] {-0.1, 4.1, 150, 1e300, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatThrownBy(() -> options.withWarmupEpochs(warmup)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 epochs to all 4 of them, got " + warmup);
        }
        for (int epochs = 1; epochs <= 4; epochs++) {
            assertThat(options.withWarmupEpochs(0.3).withEpochs(epochs).schedule(40).warmupSteps()).isEqualTo(1);
            LearningRate rise = options.withWarmupEpochs(0).withEpochs(epochs).withWarmupEpochs(epochs).schedule(40);
            assertThat(rise.warmupSteps()).isEqualTo(rise.totalSteps());
        }
    }

    @Test
    void aBatchMayBeLargerThanAllThereIs() {
        assertThat(options.withBatch(Integer.MAX_VALUE).stepsPerEpoch(40)).isEqualTo(1);
        assertThat(options.withBatch(20).stepsPerEpoch(40)).isEqualTo(2);
        assertThat(options.withBatch(20).stepsPerEpoch(41)).isEqualTo(3);
    }

    @Test
    void trainingNeedsSamples() {
        TestData none = new TestData(List.of(), List.of(), "");
        assertThatThrownBy(() -> new Training(TestData.network(), TargetStatistics.of(samples).direct(), options,
                samples, none)).hasMessageContaining("got 40 and 0");
    }
}
