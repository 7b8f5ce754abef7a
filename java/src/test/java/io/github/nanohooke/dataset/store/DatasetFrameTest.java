// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunListener;
import io.github.nanohooke.io.CheckedLine;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of two frames never meet, and files of the first versions, which tell none, are read. */
class DatasetFrameTest {
    private static final DatasetPlan PLAN = TestPlans.small(4, 2);
    private static final DatasetPlan EARLIER = new DatasetPlan(PLAN.mix(), PLAN.seed(), PLAN.count(), PLAN.shardSize(),
            PLAN.lattice(), PLAN.cells(), PLAN.imageSize(), PLAN.method(), PLAN.options(), PLAN.software(),
            TensorFrame.LAMMPS_CELL);

    @TempDir
    private Path folder;

    private static List<Sample> samples(int shard, TensorFrame frame) {
        List<Sample> samples = new ArrayList<>();
        for (Sample s : TestPlans.samples(PLAN, 2L * shard, 2)) {
            samples.add(new Sample(s.index(), s.status(), s.reason(), s.workerLost(), s.geometry(), s.measurement(),
                    frame, s.seconds()));
        }
        return samples;
    }

    /** As a version before frames left it, with these shards made. */
    private DatasetFolder earlier(int... shards) throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("earlier"), EARLIER);
        Path manifest = dataset.path().resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).doesNotContain("frame");
        Files.writeString(manifest, text.replace("manifest/2", "manifest/1"));
        for (int shard : shards) {
            Shards.write(dataset, shard, samples(shard, TensorFrame.LAMMPS_CELL));
        }
        return DatasetFolder.open(dataset.path());
    }

    private static DatasetFactory.Report run(DatasetFolder dataset, boolean retry) throws IOException {
        return DatasetFactory.run(dataset, TestPlans.settings(1).withRetryFailed(retry), RunListener.SILENT,
                () -> false);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            ThrowingCallable what) {
        return assertThatThrownBy(what).isInstanceOf(DatasetException.class).hasMessageContaining("lammps-cell")
                .hasMessageContaining("input-axes").hasMessageContaining("must not be mixed");
    }

    @Test
    void whatIsMadeNowTellsItsFrameAndItsCells() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        assertThat(run(dataset, false).complete()).isTrue();
        DatasetMerge.merge(dataset);
        assertThat(Files.readString(dataset.path().resolve("manifest.json"))).contains("\"frame\" : \"input-axes\"");
        Dataset made = Dataset.open(dataset.path());
        assertThat(made.frame()).isEqualTo(TensorFrame.INPUT_AXES);
        assertThat(made.attributes()).containsEntry("schema", "nanohooke-dataset/3")
                .containsEntry("frame", "input-axes");
        double a = 8 * PLAN.lattice().constant();
        for (int i = 0; i < made.size(); i++) {
            assertThat(made.cellBefore(i)).isDeepEqualTo(new double[][] {{a, 0, 0}, {0, a, 0},
                {0, 0, PLAN.lattice().constant()}});
            double shrunk = made.status(i) == SampleStatus.FAILED ? Double.NaN : 0.998 * a;
            assertThat(made.cellAfter(i)[1][1]).isEqualTo(Double.valueOf(shrunk));
        }
        Path csv = folder.resolve("d.csv");
        DatasetExport.csv(made, csv);
        assertThat(Files.readAllLines(csv).get(0)).contains(",cell_before ax [angstrom],",
                ",cell_before cz [angstrom],",
                ",cell_after by [angstrom],");
        assertThat(Files.readAllLines(csv).get(1).split(",", -1))
                .hasSameSizeAs(Files.readAllLines(csv).get(0).split(","));
    }

    /** The shards in the repository come from a version that knew neither frames nor cells. */
    @Test
    void filesOfTheFirstVersionsAreRead() throws IOException {
        Dataset dataset = Dataset.open(Path.of("..", "test-data", "earlier-dataset"));
        assertThat(dataset.attributes()).containsEntry("schema", TableFile.WITHOUT_CELLS);
        assertThat(dataset.frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
        assertThat(dataset.cellAfter(0)[0]).containsOnly(Double.NaN);
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path shard = Path.of("..", "test-data", "earlier-dataset", "shards", "shard-00000.h5");
        Path again = copy.resolve("again.h5");
        TableFile.write(again, TableFile.read(shard), TableFile.attributes(shard));
        assertThat(TableFile.read(again).differences(TableFile.read(shard))).isEmpty();
    }

    @Test
    void aDatasetOfAnEarlierVersionIsWholeButNotAddedTo() throws IOException {
        DatasetFolder whole = earlier(0, 1);
        assertThat(whole.plan()).isEqualTo(EARLIER);
        assertThat(run(whole, false).complete()).isTrue();
        DatasetMerge.merge(whole);
        assertThat(DatasetVerification.verify(whole)).isEmpty();
        assertThat(Dataset.open(whole.path()).frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
        assertRefused(() -> TestPlans.begin(whole.path(), PLAN)).hasMessageContaining("another --out");
        assertRefused(() -> run(whole, true)).hasMessageContaining("another folder");
        assertRefused(() -> DatasetVerification.recalculate(whole, 1, index -> { }));
        Files.delete(whole.shard(1));
        assertRefused(() -> run(whole, false));
        assertThat(whole.shard(0)).exists();
    }

    @Test
    void shardsAndJournalsOfAnotherFrameAreNotTakenIn() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        try (Journal journal = Journal.open(dataset.journal(0)).orElseThrow()) {
            journal.append(samples(0, TensorFrame.LAMMPS_CELL).get(1));
        }
        assertRefused(() -> run(dataset, false)).hasMessageContaining(dataset.journal(0).toString());
        Files.delete(dataset.journal(0));
        assertThat(run(dataset, false).complete()).isTrue();

        DatasetFolder other = earlier(1);
        Files.copy(other.shard(1), dataset.shard(1), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(SafeFiles.checksumOf(other.shard(1)), SafeFiles.checksumOf(dataset.shard(1)),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(() -> DatasetMerge.merge(dataset)).hasMessageContaining("shard-00001.h5");
        assertRefused(() -> Dataset.open(dataset.path()).frame());
        assertThat(DatasetVerification.verify(dataset)).anyMatch(problem -> problem.contains("in the frame"));
    }

    /** A line of a journal that tells no frame was written before there were any. */
    @Test
    void journalsWithoutWordAreOfTheFirstFrame() {
        Sample sample = samples(0, TensorFrame.INPUT_AXES).get(0);
        String line = CheckedLine.write(sample);
        assertThat(CheckedLine.read(line, Sample.class).orElseThrow().frame()).isEqualTo(TensorFrame.INPUT_AXES);
        String json = line.substring(9).replace("\"frame\":\"input-axes\",", "");
        assertThat(json).doesNotContain("frame");
        CRC32 crc = new CRC32();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        assertThat(CheckedLine.read(String.format("%08x %s", crc.getValue(), json), Sample.class).orElseThrow().frame())
                .isEqualTo(TensorFrame.LAMMPS_CELL);
    }
}
