// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CellTest {

    @Test
    void heightsAreTheDistancesOfTheFaces() {
        assertThat(Cell.orthogonal(3, 4, 5).heights()).containsExactly(new double[] {3, 4, 5}, within(1e-14));
        // A rhombus of 60 degrees and edge 2, upright along z: both in-plane heights are sqrt(3).
        assertThat(new Box(2, Math.sqrt(3), 7, 1, 0, 0).cell().heights())
                .containsExactly(new double[] {Math.sqrt(3), Math.sqrt(3), 7}, within(1e-12));
        // Sheared along x by c = (3, 0, 4): a's faces move together to 2 * 4/5.
        assertThat(new Box(2, 6, 4, 0, 3, 0).cell().heights()).containsExactly(new double[] {1.6, 6, 4}, within(1e-12));
        // c = (0, 3, 4): b's faces to 6 * 4/5.
        assertThat(new Box(2, 6, 4, 0, 0, 3).cell().heights()).containsExactly(new double[] {2, 4.8, 4}, within(1e-12));
    }

    @Property(tries = 500)
    void wrappingMovesByLatticeVectorsIntoTheCell(
            @ForAll @DoubleRange(min = -50, max = 50) double x, @ForAll @DoubleRange(min = -50, max = 50) double y,
            @ForAll @DoubleRange(min = -50, max = 50) double z) {
        Cell cell = new Box(7, 5, 3, 2.5, -1.25, 0.75).cell();
        double[] p = {x, y, z};
        cell.wrap(p);
        double c = p[2] / 3;
        double b = (p[1] - 0.75 * c) / 5;
        double a = (p[0] + 1.25 * c - 2.5 * b) / 7;
        // Computed here in another order: a point on a face may be a rounding outside.
        assertThat(List.of(a, b, c)).allSatisfy(s -> assertThat(s).isBetween(-1e-15, 1 + 1e-15));
        double kc = Math.rint((z - p[2]) / 3);
        double kb = Math.rint((y - p[1] - 0.75 * kc) / 5);
        double ka = Math.rint((x - p[0] + 1.25 * kc - 2.5 * kb) / 7);
        assertThat(p[2] + 3 * kc).isCloseTo(z, within(1e-12));
        assertThat(p[1] + 5 * kb + 0.75 * kc).isCloseTo(y, within(1e-12));
        assertThat(p[0] + 7 * ka + 2.5 * kb - 1.25 * kc).isCloseTo(x, within(1e-12));
        double[] again = p.clone();
        cell.wrap(again);
        assertThat(again).containsExactly(p);
    }

    @Test
    void aPointAHairBelowZeroDoesNotLandOnTheFarFace() {
        double[] p = {-1e-18, -1e-18, -1e-18};
        Cell.orthogonal(81, 81, 4.05).wrap(p);
        assertThat(p).containsExactly(0, 0, 0);
    }

    @Test
    void impossibleBoxesAreRefused() {
        assertThatThrownBy(() -> Cell.orthogonal(0, 1, 1)).hasMessageContaining("box edges must be positive");
        assertThatThrownBy(() -> new Box(1, 1, 1, Double.NaN, 0, 0)).hasMessageContaining("not finite");
    }

    @Test
    void atomsKnowTheirElementsAndWrap() {
        Atoms atoms = new Atoms(Cell.orthogonal(4, 4, 4), List.of("Al", "Ni"), new int[] {1, 0},
                new double[] {-1, 9, 3, 1, 2, 3});
        assertThat(atoms.element(0)).isEqualTo("Ni");
        assertThat(atoms.wrapped().positions()).containsExactly(3, 1, 3, 1, 2, 3);
        assertThat(atoms.positions()).startsWith(-1, 9, 3);
    }
}
