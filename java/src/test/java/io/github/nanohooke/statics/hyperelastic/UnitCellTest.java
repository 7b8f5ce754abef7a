// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library is handed: arrays of a point's sizes, whatever numbers are in them. */
class UnitCellTest {
    private static final Atoms CRYSTAL =
            new PorousStructure(Lattice.aluminium(), new Cells(2, 2, 1), List.of()).atoms();
    private static UnitCell cell;

    @BeforeAll
    static void open() {
        cell = UnitCell.of(CRYSTAL, Potential.mishin1999(), CellSpace.PLANE);
    }

    @AfterAll
    static void close() {
        cell.close();
    }

    /** The library reads a point's numbers from where they begin. */
    @ParameterizedTest(name = "{0} numbers of a state too many, {1} of a gradient")
    @CsvSource({"-1, 0", "1, 0", "0, -1", "0, 9", "-1, 1"})
    void arraysOfOtherLengthsAreRefused(int states, int gradients) {
        double[] state = new double[cell.stateSize() + states];
        double[] f = new double[9 + gradients];
        String sizes = cell.stateSize() + " numbers of a state and 9 ";
        assertThatThrownBy(() -> cell.atoms(state, f)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sizes);
        assertThatThrownBy(() -> cell.softest(state, f)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sizes);
        assertThatThrownBy(() -> cell.deform(Settings.precise(), f, state)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same points");
    }

    @Test
    void aPointHasAtomsAndASoftestMotion() {
        double[] state = cell.undeformed(1);
        double[] f = Deformations.none();
        assertThat(cell.atoms(state, f).positions()).containsExactly(CRYSTAL.positions());
        assertThat(cell.softest(state, f).eigenvalue()).isPositive();
    }

    @Test
    void fromAtomsAtNoPlaceThereIsNoWay() {
        double[] state = cell.undeformed(1);
        state[state.length / 2] = Double.NaN;
        assertThat(cell.deform(Settings.precise(), Deformations.none(), state).answers())
                .containsExactly(Answer.UNSTABLE_START);
    }
}
