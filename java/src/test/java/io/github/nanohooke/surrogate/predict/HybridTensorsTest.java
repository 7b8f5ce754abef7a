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
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
