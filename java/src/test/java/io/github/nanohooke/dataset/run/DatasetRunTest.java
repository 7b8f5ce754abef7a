// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.FakeCalculator;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import io.github.nanohooke.dataset.store.ShardJournal;
import io.github.nanohooke.dataset.store.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with real worker processes: whatever happens to them, the dataset comes out the same. */
class DatasetRunTest {
    private static final DatasetPlan PLAN = TestPlans.small(24, 5);

    @TempDir
    private static Path shared;
    private static Map<String, byte[]> undisturbed;

    @TempDir
    private Path folder;
    private Path orders;
    private final List<String> notices = new ArrayList<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final RunListener listener = new RunListener() {
        @Override
        public void finished(Sample sample) {
            finished.incrementAndGet();
        }

        @Override
        public void notice(String message) {
            notices.add(message);
        }
    };

    @BeforeAll
    static void undisturbedRun() throws IOException {
        DatasetFolder dataset = TestPlans.begin(shared.resolve("undisturbed"), PLAN);
        assertThat(DatasetFactory.run(dataset, TestPlans.settings(), RunListener.SILENT, () -> false).complete())
                .isTrue();
        DatasetMerge.merge(dataset);
        undisturbed = TestPlans.lastingFiles(dataset.path());
        assertThat(undisturbed).hasSize(1 + 2 * 5 + 2);
    }

    @BeforeEach
    void makeOrders() throws IOException {
        orders = Files.createDirectories(folder.resolve("orders"));
    }

    private RunSettings obedient() {
        return TestPlans.settings("-D" + FakeCalculator.ORDERS + "=" + orders);
    }

    private DatasetFactory.Report run(DatasetFolder dataset, RunSettings settings) throws IOException {
        return DatasetFactory.run(dataset, settings, listener, () -> false);
    }

    private void assertSameAsUndisturbed(DatasetFolder dataset) throws IOException {
        DatasetMerge.merge(dataset);
        Map<String, byte[]> files = TestPlans.lastingFiles(dataset.path());
        assertThat(files.keySet()).isEqualTo(undisturbed.keySet());
        files.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(undisturbed.get(name)));
        try (Stream<Path> journals = Files.list(dataset.path().resolve("journals"))) {
            assertThat(journals).isEmpty();
        }
    }

    @Test
    void lostWorkersCostTheirSamplesASecondTryAndNothingElse() throws IOException {
        FakeCalculator.order(orders, "crash", PLAN.options(TestPlans.ordinarySample(PLAN, 2)).seed(), 1);
        FakeCalculator.order(orders, "hang", PLAN.options(TestPlans.ordinarySample(PLAN, 6)).seed(), 1);
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        assertThat(run(dataset, obedient().withSampleTimeout(Duration.ofSeconds(3))))
                .isEqualTo(new DatasetFactory.Report(true, false, List.of()));
        assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("tried once more"))
                .anyMatch(notice -> notice.contains("signal 11"))
                .anyMatch(notice -> notice.contains("no answer within 3 s"));
        assertSameAsUndisturbed(dataset);
    }

    @Test
    void aSampleThatLosesTwoWorkersIsRecordedAsFailed() throws IOException {
        long index = TestPlans.ordinarySample(PLAN, 3);
        FakeCalculator.order(orders, "crash", PLAN.options(index).seed(), 2);
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        assertThat(run(dataset, obedient()).complete()).isTrue();
        Dataset made = Dataset.open(dataset.path());
        int row = (int) index;
        assertThat(made.size()).isEqualTo(PLAN.count());
        assertThat(made.status(row)).isEqualTo(SampleStatus.FAILED);
        assertThat(made.reason(row)).isEqualTo("worker process ended by signal 11, twice");
        Dataset whole = Dataset.open(shared.resolve("undisturbed"));
        assertThat(made.structure(row)).isEqualTo(whole.structure(row));
        assertThat(made.packedImage(row, Dataset.Image.DESIGNED))
                .isEqualTo(whole.packedImage(row, Dataset.Image.DESIGNED));
        assertThat(made.packedImage(row, Dataset.Image.RELAXED)).containsOnly(0);
        assertThat(made.constants(row)).containsOnly(Double.NaN);
    }

    @Test
    void aStoppedRunKeepsWhatIsFinishedAndSharesDoTheRest() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        DatasetFactory.Report stopped =
                DatasetFactory.run(dataset, TestPlans.settings(), listener, () -> finished.get() >= 7);
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.complete()).isFalse();
        // Samples in hand were finished within the grace: at most one for each worker.
        assertThat(finished.get()).isBetween(7, 8);
        int before = finished.getAndSet(0);
        for (int share = 1; share >= 0; share--) {
            assertThat(run(dataset, TestPlans.settings().withShare(new Share(share, 2))).complete()).isTrue();
        }
        assertThat(finished.get()).isEqualTo(PLAN.count() - before);
        assertSameAsUndisturbed(dataset);
    }

    @Test
    void aCopyWithoutItsEmptyFoldersGoesOn() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        DatasetFactory.run(dataset, TestPlans.settings().withShare(Share.parse("0/2")), listener, () -> false);
        Files.delete(dataset.path().resolve("journals"));
        try (Stream<Path> logs = Files.list(dataset.path().resolve("logs"))) {
            for (Path log : logs.toList()) {
                Files.delete(log);
            }
        }
        Files.delete(dataset.path().resolve("logs"));
        assertThat(run(DatasetFolder.open(dataset.path()), TestPlans.settings()).complete()).isTrue();
        assertSameAsUndisturbed(dataset);
    }

    @Test
    void damagedAndMissingShardsAreMadeAgain() throws IOException {
        DatasetFolder dataset = copyOfUndisturbed();
        byte[] bytes = Files.readAllBytes(dataset.shard(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(dataset.shard(1), bytes);
        Files.delete(dataset.shard(4));
        Tampering.loseChecksum(dataset, 3);
        assertThat(DatasetVerification.verify(dataset)).hasSize(3);
        assertThatThrownBy(() -> DatasetMerge.merge(dataset)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("3 of 5 shards");
        assertThat(run(dataset, TestPlans.settings(1)).complete()).isTrue();
        assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("damaged"));
        assertThat(finished.get()).isEqualTo(5 + 5 + 4);
        assertThat(DatasetVerification.verify(dataset)).isEmpty();
        assertSameAsUndisturbed(dataset);
    }

    @Test
    void shardsInOtherHandsAreLeftAlone() throws IOException {
        DatasetFolder dataset = copyOfUndisturbed();
        Files.delete(dataset.shard(2));
        try (ShardJournal held = ShardJournal.take(dataset, 2).orElseThrow()) {
            assertThat(held.missing()).hasSize(PLAN.samplesIn(2));
            assertThat(run(dataset, TestPlans.settings(1)))
                    .isEqualTo(new DatasetFactory.Report(false, false, List.of(2)));
        }
    }

    @Test
    void verificationFindsAMergedFileThatDiffers() throws IOException {
        DatasetFolder dataset = copyOfUndisturbed();
        Tampering.mergeInOtherOrder(dataset);
        assertThat(DatasetVerification.verify(dataset)).singleElement().asString().contains("differs from the shards");
    }

    @Test
    void mergesAtOnceDoNotDisturbEachOther() throws IOException {
        DatasetFolder dataset = copyOfUndisturbed();
        Files.delete(dataset.merged());
        IntStream.range(0, 8).parallel().forEach(i -> {
            try {
                DatasetMerge.merge(dataset);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(DatasetVerification.verify(dataset)).isEmpty();
        assertSameAsUndisturbed(dataset);
        try (Stream<Path> all = Files.walk(dataset.path())) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
        }
    }

    @Test
    void recalculationFindsATamperedSample() throws IOException {
        DatasetFolder dataset = copyOfUndisturbed();
        assertThat(DatasetVerification.recalculate(dataset, 4, index -> { })).isEmpty();
        List<Long> drawn = new ArrayList<>();
        DatasetVerification.recalculate(dataset, 1, drawn::add);
        int shard = (int) (drawn.get(0) / PLAN.shardSize());
        Tampering.changePorosity(dataset, shard, (int) (drawn.get(0) - PLAN.firstIndex(shard)), 1e-13);
        assertThat(DatasetVerification.recalculate(dataset, 1, index -> { })).singleElement().asString()
                .contains("sample " + drawn.get(0)).contains("porosity");
    }

    @Test
    void aMissingMethodEndsTheRun() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), TestPlans.of("nosuch", 4, 4));
        assertThatThrownBy(() -> run(dataset, TestPlans.settings(1))).isInstanceOf(MissingLibraryException.class)
                .hasMessageContaining("nosuch");
    }

    @Test
    void crashesOfManySamplesInARowEndTheRun() throws IOException {
        DatasetPlan plan = TestPlans.small(5, 5);
        for (long index : new long[] {0, 2, 3}) {
            FakeCalculator.order(orders, "crash", plan.options(index).seed(), 2);
        }
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), plan);
        try (ShardQueue queue = ShardQueue.of(dataset, Share.whole(), listener)) {
            WorkerPool pool = new WorkerPool(dataset, obedient(), queue, () -> false, 2);
            assertThatThrownBy(() -> pool.run(1)).isInstanceOf(DatasetException.class)
                    .hasMessageContaining("2 samples in a row lost their worker");
        }
        assertThat(dataset.journalled(0)).as("one between the lost ones").isEqualTo(1);
        assertThat(run(dataset, TestPlans.settings(1)).complete()).isTrue();
        assertThat(DatasetStatistics.of(Dataset.open(dataset.path())).reasons().keySet())
                .noneMatch(reason -> reason.contains("worker process"));
    }

    private DatasetFolder copyOfUndisturbed() throws IOException {
        Path copy = folder.resolve("copy");
        Path from = shared.resolve("undisturbed");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, copy.resolve(from.relativize(path).toString()));
            }
        }
        return DatasetFolder.open(copy);
    }
}
