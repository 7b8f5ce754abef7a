// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import org.junit.jupiter.api.Test;

class TractionFreeTest {
    private static final ElasticTensor AL = ElasticTensor.cubic(113.8, 61.55, 31.6);
    /** No symmetry but that of an extruded cell. */
    private static final ElasticTensor EXTRUDED = ElasticConstants.toTensor(new double[] {40, 30, 50, 12, 14, 11, 13,
        15, 9, 2, -3, 1, 1.5});

    @Test
    void aCutCrystalIsInPlaneStress() {
        ElasticTensor cut = TractionFree.cutAlong(1, 0, AL);
        double plane = 113.8 - 61.55 * 61.55 / 113.8;
        double coupling = 61.55 - 61.55 * 61.55 / 113.8;
        assertThat(cut.get(1, 1)).isCloseTo(plane, within(1e-12));
        assertThat(cut.get(2, 2)).isCloseTo(plane, within(1e-12));
        assertThat(cut.get(1, 2)).isCloseTo(coupling, within(1e-12));
        assertThat(cut.get(3, 3)).isEqualTo(31.6);
        for (int zero : new int[] {0, 4, 5}) {
            for (int j = 0; j < 6; j++) {
                assertThat(cut.get(zero, j)).as("C%d%d", zero + 1, j + 1).isZero();
                assertThat(cut.get(j, zero)).isZero();
            }
        }
    }

    @Test
    void aRodHasItsYoungsModulusAlone() {
        ElasticTensor rod = TractionFree.rod(EXTRUDED);
        assertThat(rod.get(2, 2)).isCloseTo(1 / EXTRUDED.compliance()[2][2], within(1e-12));
        double[][] rest = rod.toArray();
        rest[2][2] = 0;
        assertThat(ElasticTensor.of(rest).distance(ElasticTensor.of(new double[6][6]))).isZero();
    }

    @Test
    void droppedRowsLeaveTheOthersAsTheyWere() {
        ElasticTensor cut = TractionFree.cutAlong(1, 0, EXTRUDED, TractionFree.Rows.DROPPED);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                boolean gone = i == 0 || i == 4 || i == 5 || j == 0 || j == 4 || j == 5;
                assertThat(cut.get(i, j)).isEqualTo(gone ? 0 : EXTRUDED.get(i, j));
            }
        }
        for (SquareSymmetry symmetry : SquareSymmetry.values()) {
            assertThat(TractionFree.cutAlong(symmetry.xx(), symmetry.yx(), EXTRUDED.transformed(symmetry),
                    TractionFree.Rows.DROPPED)).as("%s", symmetry).isEqualTo(cut.transformed(symmetry));
        }
        assertThat(TractionFree.rod(EXTRUDED, TractionFree.Rows.DROPPED).get(2, 2)).isEqualTo(EXTRUDED.get(2, 2));
    }

    @Test
    void turningTheSolidTurnsTheResultToTheBit() {
        ElasticTensor x = TractionFree.cutAlong(1, 0, EXTRUDED);
        for (SquareSymmetry symmetry : SquareSymmetry.values()) {
            ElasticTensor turned = TractionFree.cutAlong(symmetry.xx(), symmetry.yx(), EXTRUDED.transformed(symmetry));
            assertThat(turned).as("%s", symmetry).isEqualTo(x.transformed(symmetry));
        }
    }

    @Test
    void obliqueCutsHaveNoTractionAndKeepWhatIsRightAlready() {
        ElasticTensor cut = TractionFree.cutAlong(2, -1, EXTRUDED);
        double[][][][] c = cut.full();
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
                for (int l = 0; l < 3; l++) {
                    assertThat(2 * c[0][j][k][l] - c[1][j][k][l]).isCloseTo(0, within(1e-12));
                }
            }
        }
        assertThat(TractionFree.cutAlong(2, -1, cut).distance(cut)).isLessThan(1e-12);
        assertThat(cut.eigenvalues()[3]).as("positive definite in the rest").isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> TractionFree.cutAlong(0, 0, AL));
    }

    /** Molecular statics of cells that a slit cuts: the stresses across it are zero, whatever else the cell holds. */
    @Test
    void molecularStaticsHasTheSameZeros() {
        PorousStructure slit = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1),
                List.of(new Rectangle(0, 32.4, 10, 20), new Circle(25, 27, 4)));
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            ElasticTensor tensor = calculator.calculate(slit.atoms(), StaticsOptions.defaults(),
                    StaticsProgress.SILENT).tensor();
            for (int zero : new int[] {1, 3, 5}) {
                for (int j = 0; j < 6; j++) {
                    assertThat(tensor.get(zero, j)).as("C%d%d", zero + 1, j + 1).isCloseTo(0, within(5e-3));
                }
            }
            assertThat(tensor.get(0, 0)).isGreaterThan(10);
            assertThat(tensor.get(4, 4)).isGreaterThan(5);
        }
    }
}
