// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.tensor.ElasticConstants;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
    private static final DatasetPlan PLAN = TestPlans.small(70, 70);
    private static final List<Sample> SAMPLES = new ArrayList<>();

    @TempDir
    private static Path folder;
    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        SAMPLES.addAll(TestPlans.samples(PLAN, 0, PLAN.count()));
        file = folder.resolve("table.h5");
        TableFile.write(file, Columns.of(PLAN, SAMPLES), Map.of("seed", 7L, "kind", "mixed", "empty", ""));
    }

    @Test
    void everyColumnComesBack() {
        assertThat(TableFile.read(file).differences(Columns.of(PLAN, SAMPLES))).isEmpty();
        assertThat(TableFile.attributes(file)).containsEntry("seed", 7L).containsEntry("kind", "mixed")
                .containsEntry("schema", TableFile.SCHEMA).doesNotContainKeys("empty", "_jHDF");
    }

    /** As another program sees it: through jhdf alone. */
    @Test
    void arraysCarryNamesAndUnits() {
        try (HdfFile hdf = new HdfFile(file)) {
            assertThat(hdf.getDatasetByPath("constants").getDimensions()).containsExactly(70, 13);
            assertThat(hdf.getDatasetByPath("constants").getAttribute("units").getData()).isEqualTo("GPa");
            assertThat((String[]) hdf.getDatasetByPath("constants").getAttribute("names").getData())
                    .containsExactlyElementsOf(ElasticConstants.names());
            assertThat(hdf.getDatasetByPath("tensor").getDimensions()).containsExactly(70, 6, 6);
            assertThat(hdf.getDatasetByPath("image_relaxed").getDimensions()).containsExactly(70, 128);
            assertThat((String) hdf.getDatasetByPath("image_relaxed").getAttribute("pixel_order").getData())
                    .contains("least significant first");
            double[] porosity = (double[]) hdf.getDatasetByPath("porosity").getData();
            double[][] constants = (double[][]) hdf.getDatasetByPath("constants").getData();
            int[][] images = (int[][]) hdf.getDatasetByPath("image_designed").getData();
            for (int i = 0; i < 70; i++) {
                Sample sample = SAMPLES.get(i);
                assertThat(porosity[i]).isEqualTo(sample.geometry().porosity());
                assertThat(Double.isNaN(constants[i][0])).isEqualTo(sample.status() == SampleStatus.FAILED);
                if (sample.status() != SampleStatus.FAILED) {
                    assertThat(constants[i][ElasticConstants.indexOf("C23")])
                            .isEqualTo(sample.measurement().tensor()[6 + 2]);
                }
                for (int b = 0; b < 128; b++) {
                    assertThat((byte) images[i][b]).isEqualTo(sample.geometry().image()[b]);
                }
            }
            for (Column column : Column.values()) {
                assertThat(hdf.getDatasetByPath(column.label()).getAttribute("description")).isNotNull();
            }
        }
    }

    @Test
    void equalTablesMakeEqualBytes() throws IOException {
        Path second = folder.resolve("second.h5");
        TableFile.write(second, TableFile.read(file), Map.of("kind", "mixed", "seed", 7L));
        assertThat(second).hasSameBinaryContentAs(file);
    }

    @Test
    void damagedAndForeignFilesAreNamed() throws IOException {
        Path cut = folder.resolve("cut.h5");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> TableFile.read(cut)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("cut.h5");
        Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
        assertThatThrownBy(() -> TableFile.read(text)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("text.h5").hasMessageContaining("HDF5");
        assertThatThrownBy(() -> TableFile.read(folder.resolve("nosuch.h5"))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("there is no dataset file");
        Path other = folder.resolve("other.h5");
        try (WritableHdfFile hdf = HdfFile.write(other)) {
            hdf.putAttribute("schema", TableFile.SCHEMA);
            hdf.putDataset("index", new long[] {0, 1});
            hdf.putDataset("status", new long[] {0, 0});
            hdf.putDataset("porosity", new double[] {5, 6, 7});
        }
        assertThatThrownBy(() -> TableFile.read(other, List.of(Column.STATUS))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("other.h5").hasMessageContaining("the column 'status' is long[]");
        assertThatThrownBy(() -> TableFile.read(other, List.of(Column.POROSITY))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("the column 'porosity' has 3 entries for 2 samples");
        Path foreign = folder.resolve("foreign.h5");
        try (WritableHdfFile hdf = HdfFile.write(foreign)) {
            hdf.putAttribute("schema", "something-else/3");
        }
        assertThatThrownBy(() -> TableFile.read(foreign)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("something-else/3");
    }
}
