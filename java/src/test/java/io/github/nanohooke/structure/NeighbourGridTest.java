// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NeighbourGridTest {

    /** Neighbours are searched in cells of any shape without bins beyond all memory, or not at all. */
    @Test
    void theGridStaysSmall() {
        Atoms flat = Atoms.of("Al", Cell.orthogonal(1e9, 1e9, 4), new double[] {0, 0, 0, 1, 1, 1});
        double[] found = new double[30];
        assertThat(new NeighbourGrid(flat, 3).neighbours(0, found)).isEqualTo(1);
        Atoms thin = Atoms.of("Al", Cell.orthogonal(1e-7, 1e-7, 4), new double[3]);
        assertThatThrownBy(() -> new NeighbourGrid(thin, 3)).isInstanceOf(StructureException.class)
                .hasMessageContaining("too thin");
    }
}
