// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackedCellsTest {

    @Test
    void aStackIsOneCellAndBack() {
        Atoms three = porous(3).atoms();
        StackedCells stack = StackedCells.of(three, 3).orElseThrow();
        assertThat(stack.one().count()).isEqualTo(porous(1).atoms().count());
        assertThat(stack.one().cell().length(2)).isCloseTo(4.05, within(1e-14));
        Atoms back = stack.stack(stack.one());
        assertThat(back.cell().length(2)).isCloseTo(three.cell().length(2), within(1e-12));
        assertThat(back.positions()).containsExactly(three.positions(), within(1e-9));
    }

    @Test
    void anAtomOutOfLineIsNoStack() {
        Atoms three = porous(3).atoms();
        double[] positions = three.positions();
        positions[0] += 1e-6;
        assertThat(StackedCells.of(three.moved(three.cell(), positions), 3)).isEmpty();
    }

    @Test
    void twoCellsAreNoStackOfThree() {
        assertThat(StackedCells.of(porous(2).atoms(), 3)).isEmpty();
        assertThat(StackedCells.of(porous(1).atoms(), 3)).isEmpty();
    }

    private static PorousStructure porous(int cellsAlongZ) {
        return new PorousStructure(Lattice.aluminium(), new Cells(5, 6, cellsAlongZ), List.of(new Circle(9, 11, 4)));
    }
}
