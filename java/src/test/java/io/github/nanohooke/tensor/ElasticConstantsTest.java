// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ElasticConstantsTest {

    /** Each name is its own row and column: C45 must be what a tensor holds at 4, 5. */
    @Test
    void namesSayWhereTheConstantsStand() {
        double[][] c = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                c[i][j] = 10 * (Math.min(i, j) + 1) + Math.max(i, j) + 1;
            }
        }
        double[] constants = ElasticConstants.of(ElasticTensor.of(c));
        assertThat(constants).hasSize(ElasticConstants.COUNT);
        for (int k = 0; k < constants.length; k++) {
            assertThat(ElasticConstants.names().get(k)).isEqualTo("C" + (int) constants[k]);
            assertThat(ElasticConstants.indexOf(ElasticConstants.names().get(k))).isEqualTo(k);
        }
        assertThat(ElasticConstants.largestOther(ElasticTensor.of(c))).isEqualTo(56);
    }

    @Test
    void theOrderIsFixed() {
        assertThat(String.join(" ", ElasticConstants.names()))
                .isEqualTo("C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45");
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> ElasticConstants.indexOf("C14")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("C14");
        assertThatThrownBy(() -> ElasticConstants.toTensor(new double[12])).hasMessageContaining("got 12");
    }
}
