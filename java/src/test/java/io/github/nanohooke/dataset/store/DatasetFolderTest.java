// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunListener;
import io.github.nanohooke.dataset.run.RunSettings;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {
    @TempDir
    private Path folder;

    @Test
    void thePlanComesBackFromTheManifest() throws IOException {
        StaticsOptions options = StaticsOptions.defaults().withForceTolerance(3e-7).withStressTolerance(2e-6)
                .withStrain(3e-5).withMaxEvaluations(1234).withMinimiser(StaticsOptions.Minimiser.FIRE)
                .withPotential(Potential.pairStyle("lj/cut 8.0", List.of("1 1 0.4 2.6")));
        DatasetPlan plan = new DatasetPlan(Kind.RECTANGLES, Long.MIN_VALUE, 17, 4, new Lattice("Cu", Lattice.Kind.FCC,
                3.615), new Cells(9, 8, 2), 64, "fake", options, "nanohooke 9.9");
        TestPlans.begin(folder, plan);
        assertThat(DatasetFolder.open(folder).plan()).isEqualTo(plan);
    }

    @Test
    void librariesAreRecordedWithoutTheirPlaces() throws IOException {
        TestPlans.begin(folder, TestPlans.small(4, 2));
        assertThat(DatasetFolder.open(folder).libraries()).isEqualTo(Map.of("version", "1"));
    }

    @Test
    void otherArgumentsAreRefusedByName() throws IOException {
        TestPlans.begin(folder, TestPlans.small(4, 2));
        TestPlans.begin(folder, TestPlans.small(4, 2));
        assertThatThrownBy(() -> TestPlans.begin(folder, TestPlans.small(5, 2))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("count is 4 there, 5 was asked for").hasMessageContaining("--out")
                .hasMessageNotContaining("seed");
        assertThatThrownBy(() -> TestPlans.begin(folder, TestPlans.of("hessian", 4, 2)))
                .hasMessageContaining("method is \"fake\" there, \"hessian\" was asked for");
    }

    @Test
    void ofManyBeginnersOneWinsAndAllAgree() throws IOException {
        Set<String> outcomes = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 16).parallel().forEach(i -> {
            try {
                outcomes.add("began " + TestPlans.begin(folder, TestPlans.small(4 + i % 2, 2)).plan().count());
            } catch (DatasetException | IOException e) {
                outcomes.add(e.getClass().getSimpleName());
            }
        });
        int winner = DatasetFolder.open(folder).plan().count();
        assertThat(outcomes).containsExactlyInAnyOrder("began " + winner, "DatasetException");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("manifest.json", "shards", "journals", "logs");
        }
    }

    @Test
    void aPotentialThatChangedIsNoticed() throws IOException {
        String text = new String(Potential.mishin1999().file().orElseThrow().bytes(), StandardCharsets.ISO_8859_1);
        Path file = Files.writeString(folder.resolve("Al.eam.alloy"), text.replaceFirst("\n", " copied\n"));
        DatasetPlan plan = new DatasetPlan(Kind.MIXED, 1, 2, 2, Lattice.aluminium(), new Cells(8, 8, 1), 32, "fake",
                StaticsOptions.defaults().withPotential(Potential.fromFile(file)), "nanohooke test");
        Path data = folder.resolve("data");
        TestPlans.begin(data, plan);
        assertThat(DatasetFolder.open(data).plan()).isEqualTo(plan);
        Files.writeString(file, text.replaceFirst("\n", " changed\n"));
        assertThatThrownBy(() -> DatasetFolder.open(data)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("has changed");
    }

    @Test
    void aShardOfAnotherPlanIsNotMerged() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("one"), TestPlans.small(4, 2));
        DatasetFolder other = TestPlans.begin(folder.resolve("other"), new DatasetPlan(Kind.MIXED, 8, 4, 2,
                Lattice.aluminium(), new Cells(8, 8, 1), 32, "fake", StaticsOptions.defaults(), "nanohooke test"));
        Shards.write(dataset, 0, TestPlans.samples(dataset.plan(), 0, 2));
        Shards.write(dataset, 1, TestPlans.samples(dataset.plan(), 2, 2));
        assertThat(DatasetMerge.merge(dataset)).exists();
        Shards.write(other, 1, TestPlans.samples(other.plan(), 2, 2));
        copyShard(other, dataset);
        assertThatThrownBy(() -> DatasetMerge.merge(dataset)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("shard-00001.h5 was made from another plan").hasMessageContaining("--resume");
        Files.delete(dataset.merged());
        List<ThrowingCallable> readers = List.of(() -> Dataset.open(dataset.path()), () -> Dataset.ofShard(dataset, 1),
                () -> SlimExport.write(List.of(dataset.path()), folder.resolve("slim"), 1 << 20, 10),
                () -> DatasetFactory.run(dataset, RunSettings.workers(1), RunListener.SILENT, () -> false));
        assertThat(readers).allSatisfy(reader -> assertThatThrownBy(reader).isInstanceOf(DatasetException.class)
                .hasMessageContaining("shard-00001.h5 was made from another plan"));
        assertThat(DatasetVerification.verify(dataset)).anyMatch(problem -> problem.contains("another plan")
                && problem.contains("seed is 8 there, 7 was asked for"));
    }

    private static void copyShard(DatasetFolder from, DatasetFolder to) throws IOException {
        for (Path file : List.of(from.shard(1), SafeFiles.checksumOf(from.shard(1)))) {
            Files.copy(file, to.shard(1).resolveSibling(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The first samples of a longer dataset are those of a shorter one; its last shard may be shorter. */
    @Test
    void howManySamplesThereAreOfAllIsNoOtherPlan() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("four"), TestPlans.small(4, 2));
        DatasetFolder longer = TestPlans.begin(folder.resolve("six"), TestPlans.small(6, 2));
        DatasetFolder shorter = TestPlans.begin(folder.resolve("three"), TestPlans.small(3, 2));
        dataset.requirePlan(wholeShard(dataset, 2));
        wholeShard(longer, 2);
        wholeShard(shorter, 1);
        copyShard(longer, dataset);
        dataset.requirePlan(1);
        copyShard(shorter, dataset);
        assertThatThrownBy(() -> dataset.requirePlan(1)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("does not hold the samples 2 to 3");
    }

    private static int wholeShard(DatasetFolder dataset, int samples) throws IOException {
        Shards.write(dataset, 1, TestPlans.samples(dataset.plan(), 2, samples));
        return 1;
    }

    @Test
    void aChecksumThatIsNoTextIsNotTheShards() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder, TestPlans.small(2, 2));
        Shards.write(dataset, 0, TestPlans.samples(dataset.plan(), 0, 2));
        assertThat(dataset.missing(Share.whole())).isEmpty();
        Files.write(SafeFiles.checksumOf(dataset.shard(0)), new byte[] {-1, -2, -128, 'x'});
        assertThat(dataset.missing(Share.whole())).containsExactly(0);
    }

    @Test
    void missingAndDamagedManifestsAreNamed() throws IOException {
        assertThatThrownBy(() -> DatasetFolder.open(folder)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("no dataset was begun");
        Files.writeString(folder.resolve("manifest.json"), "{\"schema\": ");
        assertThatThrownBy(() -> DatasetFolder.open(folder)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("damaged");
        Files.writeString(folder.resolve("manifest.json"), "{\"schema\": \"something/2\"}");
        assertThatThrownBy(() -> DatasetFolder.open(folder)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("another version");
    }

    @Test
    void plansThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> TestPlans.small(0, 1)).hasMessageContaining("at least one sample");
        assertThatThrownBy(() -> TestPlans.small(1, 0)).hasMessageContaining("shard size");
        assertThatThrownBy(() -> new DatasetPlan(Kind.MIXED, 1, 1, 1, new Lattice("Fe", Lattice.Kind.BCC, 2.87),
                new Cells(8, 8, 1), 32, "fake", StaticsOptions.defaults(), "x")).hasMessageContaining("fcc");
    }
}
