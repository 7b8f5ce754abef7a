// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network or statics, by the uncertainty of the network in the library. */
class HybridTensorsTest {
    private static Atoms box(int cells) {
        return new PorousStructure(Lattice.aluminium(), new Cells(cells, cells, 1), List.of(new Circle(15, 15, 9)))
                .atoms();
    }

    @Test
    void asksStaticsWhereTheNetworkIsNotSure() {
        Atoms known = box(20);
        double bound;
        try (ElasticSurrogate network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults(), Shows.DESIGNED)) {
            bound = network.assess(StructureImage.of(known, network.resolution()),
                    Shows.DESIGNED).uncertainty().orElseThrow().gpa();
        }
        try (NetworkTensors network = new NetworkTensors(false); StaticsTensors statics = new StaticsTensors();
                HybridTensors trusting = new HybridTensors(1.01 * bound);
                HybridTensors careful = new HybridTensors(0.99 * bound)) {
            assertThat(trusting.tensors(List.of(known)).get(0).distance(network.tensors(List.of(known)).get(0)))
                    .isLessThan(1e-4);
            assertThat(trusting.asked()).isZero();
            assertThat(careful.tensors(List.of(known))).isEqualTo(statics.tensors(List.of(known)));
            assertThat(careful.asked()).isEqualTo(1);
            // A cell that the network does not know: its image looks like one that it does.
            Atoms other = box(12);
            assertThat(trusting.tensors(List.of(other))).isEqualTo(statics.tensors(List.of(other)));
            assertThat(trusting.identity()).contains("hybrid", "uncertainty").isNotEqualTo(careful.identity());
        }
    }

    /** Its measured errors are of structures like those that it has learnt from, and tell nothing of others. */
    @Test
    void asksStaticsOfWhatANetworkWithoutCalibrationDoesNotKnow(@TempDir Path folder) {
        ModelFile calibrated = DefaultModel.findForDesigned(Map.of(), DefaultModel.shippedForDesigned(),
                DefaultModel.shipped()).model();
        Map<String, String> provenance = new TreeMap<>(calibrated.provenance());
        provenance.remove(Calibrations.KEY);
        Path file = folder.resolve("uncalibrated.safetensors");
        new ModelFile(calibrated.definition(), calibrated.head(), calibrated.parameters(), provenance,
                calibrated.metrics()).write(file, ModelFile.Precision.SINGLE);
        try (HybridTensors hybrid = new HybridTensors(50, Optional.of(file));
                HybridTensors unlimited = new HybridTensors(1e6); StaticsTensors statics = new StaticsTensors()) {
            hybrid.tensors(List.of(box(20)));
            assertThat(hybrid.asked()).isZero();
            Atoms other = box(12);
            List<ElasticTensor> exact = statics.tensors(List.of(other));
            assertThat(hybrid.tensors(List.of(other))).isEqualTo(exact);
            assertThat(hybrid.asked()).isEqualTo(1);
            assertThat(unlimited.tensors(List.of(other))).isEqualTo(exact);
        }
    }

    /** Networks know square cells alone; statics knows any. */
    @Test
    void asksStaticsOfCellsThatAreNotSquare() {
        PorousStructure oblong = new PorousStructure(Lattice.aluminium(), new Cells(8, 4, 1),
                List.of(new Circle(12, 8, 4)));
        try (HybridTensors hybrid = new HybridTensors(1e6); StaticsTensors statics = new StaticsTensors()) {
            List<ElasticTensor> exact = statics.tensors(List.of(oblong.atoms()));
            assertThat(hybrid.tensors(List.of(oblong.atoms()))).isEqualTo(exact);
            assertThat(hybrid.tensorsOfPorous(List.of(oblong))).isEqualTo(exact);
            assertThat(hybrid.asked()).isEqualTo(2);
        }
    }
}
