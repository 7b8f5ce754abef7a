// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        Atoms one = Atoms.of("Al", Box.orthogonal(3, 5, 2), new double[] {1, 0, 1});
        Atoms turned = SquareSymmetry.QUARTER_TURN.apply(one);
        assertThat(turned.positions()).containsExactly(0, 1, 1);
        assertThat(turned.box()).isEqualTo(Box.orthogonal(5, 3, 2));
    }

    /** The new cell must repeat the moved atoms: each old cell vector, moved, is a lattice vector of the new cell. */
    @ParameterizedTest
    @EnumSource
    void theNewCellHasTheMovedLattice(SquareSymmetry s) {
        Box old = new Box(7, 9, 4, s.swapsAxes() ? 0 : 0.75, 0.5, -0.25);
        double[] vectors = {old.lx(), 0, 0, old.xy(), old.ly(), 0, old.xz(), old.yz(), old.lz()};
        Atoms moved = s.apply(Atoms.of("Al", old, vectors));
        Box now = moved.box();
        assertThat(now.volume()).isEqualTo(old.volume());
        for (int i = 0; i < 3; i++) {
            double c = moved.z(i) / now.lz();
            double b = (moved.y(i) - c * now.yz()) / now.ly();
            double a = (moved.x(i) - b * now.xy() - c * now.xz()) / now.lx();
            for (double f : new double[] {a, b, c}) {
                assertThat(f - Math.rint(f)).isZero();
            }
        }
    }

    @Test
    void aTiltedCellCannotBeTurnedByAQuarter() {
        Atoms tilted = Atoms.of("Al", new Box(7, 7, 4, 0.01, 0, 0), new double[] {1, 2, 3});
        assertThatThrownBy(() -> SquareSymmetry.QUARTER_TURN.apply(tilted))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("xy=0.01");
    }
}
