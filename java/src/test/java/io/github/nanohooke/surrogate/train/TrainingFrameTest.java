// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.run.RunListener;
import io.github.nanohooke.dataset.run.RunSettings;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.model.Json;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks and their runs tell the frame of what they learnt from, and learn from one alone. */
class TrainingFrameTest {
    @TempDir
    private Path folder;

    /** The same data, said to be in another frame. */
    private record Framed(TestData data, TensorFrame frame) implements TrainingData {
        @Override
        public int size() {
            return data.size();
        }

        @Override
        public StructureImage image(int i) {
            return data.image(i);
        }

        @Override
        public double[] constants(int i) {
            return data.constants(i);
        }

        @Override
        public String fingerprint() {
            return data.fingerprint();
        }
    }

    private Training training(TensorFrame first, TensorFrame second) {
        TrainingData samples = new Framed(TestData.random(20, 1), first);
        return new Training(TestData.network(), TargetStatistics.of(samples).direct(),
                TrainingOptions.defaults().withEpochs(2).withBatch(10), samples,
                new Framed(TestData.random(6, 2), second));
    }

    private ModelFile run(TensorFrame frame, boolean resume) {
        RunOptions stepByStep = RunOptions.threads(1).withStretch(Duration.ZERO);
        return training(frame, frame).run(new ReferenceBackend(), stepByStep, folder.resolve("run"), resume,
                TrainingListener.SILENT, () -> true).model();
    }

    @Test
    void aModelTellsTheFrameOfItsData() {
        ModelFile model = run(TensorFrame.LAMMPS_CELL, false);
        assertThat(model.frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
        model.with(Map.of("frame", "input-axes"), Map.of()).write(folder.resolve("m"), ModelFile.Precision.SINGLE);
        assertThat(ModelFile.read(folder.resolve("m")).frame()).isEqualTo(TensorFrame.INPUT_AXES);
        assertThatThrownBy(() -> model.with(Map.of("frame", "elsewhere"), Map.of()))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("elsewhere");
    }

    @Test
    void aRunGoesOnInItsFrameAlone() {
        run(TensorFrame.LAMMPS_CELL, false);
        assertThatThrownBy(() -> run(TensorFrame.INPUT_AXES, true)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("lammps-cell").hasMessageContaining("input-axes")
                .hasMessageContaining("must not be mixed");
        assertThat(run(TensorFrame.LAMMPS_CELL, true).frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
        assertThatThrownBy(() -> training(TensorFrame.LAMMPS_CELL, TensorFrame.INPUT_AXES))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("must not be mixed");
    }

    /** Checkpoints of the first versions tell no frame. */
    @Test
    void aCheckpointWithoutWordIsOfTheFirstFrame() {
        run(TensorFrame.LAMMPS_CELL, false);
        Path file = Checkpoint.file(folder.resolve("run"));
        Safetensors checkpoint = Safetensors.read(file);
        Map<String, String> metadata = new TreeMap<>(checkpoint.metadata());
        Map<String, String> identity = new TreeMap<>(Json.readMap("identity", metadata.get("identity"), String.class));
        assertThat(identity.remove("frame")).isEqualTo("lammps-cell");
        metadata.put("identity", Json.write(identity));
        new Safetensors(metadata, checkpoint.tensors()).write(file);
        assertThatThrownBy(() -> run(TensorFrame.INPUT_AXES, true)).hasMessageContaining("must not be mixed");
        assertThat(run(TensorFrame.LAMMPS_CELL, true).frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
    }

    @Test
    void datasetsOfTwoFramesAreNotMixed() throws IOException {
        DatasetPlan plan = new DatasetPlan(Kind.MIXED, 9, 2, 2, Lattice.aluminium(), new Cells(8, 8, 1), 256, "fake",
                StaticsOptions.defaults(), "nanohooke test");
        DatasetFolder made = DatasetFolder.openOrBegin(folder.resolve("new"), plan, Map.of());
        DatasetFactory.run(made, RunSettings.workers(1), RunListener.SILENT, () -> false);
        Dataset now = Dataset.open(made.path());
        Dataset earlier = Dataset.open(Path.of("..", "test-data", "earlier-dataset"));
        assertThat(DatasetSamples.of(List.of(now), Part.TRAINING).frame()).isEqualTo(TensorFrame.INPUT_AXES);
        assertThat(DatasetSamples.of(List.of(earlier), Part.TEST).frame()).isEqualTo(TensorFrame.LAMMPS_CELL);
        assertThatThrownBy(() -> DatasetSamples.of(List.of(earlier, now), Part.TRAINING))
                .isInstanceOf(DatasetException.class).hasMessageContaining("mixed of seed 1 in lammps-cell")
                .hasMessageContaining("mixed of seed 9 in input-axes").hasMessageContaining("make the older one again");
    }
}
