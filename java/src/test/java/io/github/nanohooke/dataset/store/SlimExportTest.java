// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.statics.StaticsOptions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.StructureMix;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlimExportTest {
    private static final DatasetPlan PLAN = new DatasetPlan(StructureMix.parse("mixed=25,slits=15,foams=10", null), 7,
            20, Lattice.aluminium(), new Cells(8, 8, 1), 32, "fake", StaticsOptions.defaults(), "nanohooke test");

    @TempDir
    private static Path folder;
    private static DatasetFolder dataset;

    @BeforeAll
    static void make() throws IOException {
        dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        for (int shard = 0; shard < PLAN.shards(); shard++) {
            Shards.write(dataset, shard, TestPlans.samples(PLAN, PLAN.firstIndex(shard), PLAN.samplesIn(shard)));
        }
    }

    private static Path slim(String name) throws IOException {
        return SlimExport.write(List.of(dataset.path()), folder.resolve(name), 19_000_000, Long.MAX_VALUE).files()
                .get(0);
    }

    @Test
    void allSamplesMayBeForTesting() throws IOException {
        Path file = SlimExport.write(List.of(dataset.path()), folder.resolve("test"), 19_000_000, Long.MAX_VALUE,
                Optional.of(Part.TEST)).files().get(0);
        Dataset slim = Dataset.open(file);
        assertThat(slim.members(Part.TEST)).hasSize(slim.size()).hasSizeGreaterThan(20);
        assertThat(slim.members(Part.TRAINING)).isEmpty();
        // What is written again from there stays for testing.
        Path again = SlimExport.write(List.of(file), folder.resolve("test-again"), 19_000_000, Long.MAX_VALUE).files()
                .get(0);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    /** Files of before that stayed would be trained from beside the new ones. */
    @Test
    void aFolderThatHasSlimFilesIsRefused() throws IOException {
        Path file = slim("twice");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> SlimExport.write(List.of(dataset.path()), folder.resolve("twice"), 19_000_000, 3))
                .isInstanceOf(DatasetException.class).hasMessageContaining("the first is " + file);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void keptSamplesComeBack() throws IOException {
        Dataset whole = Dataset.open(dataset.path());
        Dataset slim = Dataset.open(slim("whole"));
        int[] kept = IntStream.range(0, whole.size()).filter(i -> whole.status(i) == SampleStatus.KEPT).toArray();
        assertThat(slim.size()).isEqualTo(kept.length).isGreaterThan(20);
        assertThat(slim.frame()).isEqualTo(whole.frame());
        assertThat(slim.imageSize()).isEqualTo(32);
        assertThat(slim.attributes()).containsEntry("kind", "mixed=25,slits=15,foams=10").containsEntry("seed", 7L)
                .containsEntry("cells", new int[] {8, 8, 1}).doesNotContainKey("shard");
        for (int i = 0; i < kept.length; i++) {
            int k = kept[i];
            assertThat(slim.index(i)).isEqualTo(whole.index(k));
            assertThat(slim.source(i)).isEqualTo(whole.source(k));
            assertThat(slim.sourceIndex(i)).isEqualTo(whole.sourceIndex(k));
            assertThat(slim.part(i)).isEqualTo(whole.part(k));
            assertThat(slim.porosity(i)).isEqualTo(whole.porosity(k));
            assertThat(slim.cellBefore(i)).isDeepEqualTo(whole.cellBefore(k));
            for (int c = 0; c < 13; c++) {
                assertThat(slim.constants(i)[c]).isEqualTo((double) (float) whole.constants(k)[c]);
            }
            assertThat(slim.cellAfter(i)[0][0]).isEqualTo((double) (float) whole.cellAfter(k)[0][0]);
            for (Dataset.Image which : Dataset.Image.values()) {
                assertThat(slim.packedImage(i, which)).isEqualTo(whole.packedImage(k, which));
            }
        }
        for (Part part : Part.values()) {
            assertThat(Arrays.stream(slim.members(part)).mapToLong(slim::index))
                    .containsExactly(Arrays.stream(whole.members(part)).mapToLong(whole::index).boxed()
                            .toArray(Long[]::new));
        }
        assertThatThrownBy(() -> slim.dispersion(0)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("slim").hasMessageContaining("dispersion");
    }

    @Test
    void equalDatasetsMakeEqualFilesAndAFileMakesItselfAgain() throws IOException {
        Path first = slim("first");
        assertThat(slim("second")).hasSameBinaryContentAs(first);
        Path again = SlimExport.write(List.of(first), folder.resolve("again"), 19_000_000, 5).files().get(0);
        assertThat(Dataset.open(again).size()).isEqualTo(5);
    }

    @Test
    void smallFilesAreSeveral() throws IOException {
        Path all = slim("all");
        SlimExport.Report report = SlimExport.write(List.of(all), folder.resolve("one"), 1, Long.MAX_VALUE);
        assertThat(report.samples()).isEqualTo(Dataset.open(all).size());
        assertThat(report.files()).hasSize((int) report.samples());
    }

    @Test
    void aSampleIsThereOnce() throws IOException {
        Path first = slim("once");
        assertThatThrownBy(() -> SlimExport.write(List.of(dataset.path(), first), folder.resolve("twice"), 1000, 1000))
                .hasMessageContaining("twice");
    }

    /** A changed byte, a cut, or something behind the end: an error that names the file, or the same numbers. */
    @Test
    void damageIsFound() throws IOException {
        Path file = slim("damaged");
        byte[] right = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] wrong = switch (i % 3) {
                case 0 -> Arrays.copyOf(right, random.nextInt(right.length));
                case 1 -> Arrays.copyOf(right, right.length + 1 + random.nextInt(9));
                default -> right.clone();
            };
            if (i % 3 == 2) {
                int at = i < 90 ? i : random.nextInt(right.length);
                wrong[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, wrong);
            assertThatThrownBy(() -> Dataset.open(file).size()).isInstanceOf(NanohookeException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
    }
}
