// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConstantBasisTest {
    private static final ConstantBasis BASIS = ConstantBasis.EXTRUDED;

    private static double[] some(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] constants = new double[BASIS.count()];
        for (int k = 0; k < constants.length; k++) {
            constants[k] = random.nextDouble(-100, 100);
        }
        return constants;
    }

    @Test
    void namesSayWhatConstantsAre() {
        ElasticTensor tensor = BASIS.tensor(some(1));
        for (int k = 0; k < BASIS.count(); k++) {
            String name = BASIS.names().get(k);
            assertThat(tensor.get(name.charAt(1) - '1', name.charAt(2) - '1')).isEqualTo(some(1)[k]);
            assertThat(BASIS.indexOf(name)).isEqualTo(k);
        }
        assertThat(BASIS.of(tensor)).isEqualTo(some(1));
        assertThat(BASIS.names()).isEqualTo(ElasticConstants.names()).hasSize(ElasticConstants.COUNT);
    }

    @ParameterizedTest
    @EnumSource(SquareSymmetry.class)
    void turningConstantsIsTurningTheTensor(SquareSymmetry symmetry) {
        double[] turned = BASIS.turned(symmetry, some(2));
        assertThat(turned).isEqualTo(BASIS.of(BASIS.tensor(some(2)).transformed(symmetry)));
        assertThat(BASIS.turned(symmetry.inverse(), turned)).isEqualTo(some(2));
    }

    @Test
    void filesNameTheirs() {
        assertThat(ConstantBasis.ofNames(List.copyOf(BASIS.names()))).isSameAs(BASIS);
        assertThatThrownBy(() -> ConstantBasis.ofNames(List.of("C11", "C12", "C44")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("C11 C12 C44");
    }
}
