// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SquareSymmetryTest {

    @Test
    void compositionIsTheProductOfTheMatrices() {
        for (SquareSymmetry a : SquareSymmetry.values()) {
            for (SquareSymmetry b : SquareSymmetry.values()) {
                double[][] product = new double[3][3];
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        for (int k = 0; k < 3; k++) {
                            product[i][j] += a.matrix()[i][k] * b.matrix()[k][j];
                        }
                    }
                }
                assertThat(a.after(b).matrix()).isDeepEqualTo(product);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void inverseUndoes(SquareSymmetry s) {
        assertThat(s.inverse().after(s)).isEqualTo(SquareSymmetry.IDENTITY);
        assertThat(s.after(s.inverse())).isEqualTo(SquareSymmetry.IDENTITY);
    }

    @Test
    void aQuarterTurnTakesXToY() {
        Atoms one = Atoms.of("Al", Cell.orthogonal(3, 5, 2), new double[] {1, 0, 1});
        Atoms turned = SquareSymmetry.QUARTER_TURN.apply(one);
        assertThat(turned.positions()).containsExactly(0, 1, 1);
        assertThat(turned.cell()).isEqualTo(Cell.orthogonal(5, 3, 2));
    }

    /** The new cell must repeat the moved atoms: each old cell vector, moved, is a lattice vector of the new cell. */
    @ParameterizedTest
    @EnumSource
    void theNewCellHasTheMovedLattice(SquareSymmetry s) {
        Cell old = new Box(7, 9, 4, 0.75, 0.5, -0.25).cell();
        double[] vectors = {7, 0, 0, 0.75, 9, 0, 0.5, -0.25, 4};
        Atoms moved = s.apply(Atoms.of("Al", old, vectors));
        Cell now = moved.cell();
        assertThat(now.volume()).isCloseTo(old.volume(), within(1e-12));
        assertThat(now.isLeftHanded()).isFalse();
        assertThat(now.get(0, 0)).isPositive();
        assertThat(now.get(1, 1)).isPositive();
        for (int i = 0; i < 3; i++) {
            for (int v = 0; v < 3; v++) {
                double f = now.fraction(v, moved.x(i), moved.y(i), moved.z(i));
                assertThat(f - Math.rint(f)).isCloseTo(0, within(1e-14));
            }
        }
    }
}
