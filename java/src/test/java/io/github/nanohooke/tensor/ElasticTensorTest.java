// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ElasticTensorTest {
    /** Mishin's aluminium. */
    private static final ElasticTensor ALUMINIUM = ElasticTensor.cubic(113.796, 61.555, 31.595);

    /** Isotropic with K = 80, G = 30 GPa. */
    private static final ElasticTensor ISOTROPIC = ElasticTensor.cubic(80 + 40, 80 - 20, 30);

    @Test
    void aluminiumIsNearlyIsotropic() {
        assertThat(ALUMINIUM.zenerRatio()).isCloseTo(2 * 31.595 / (113.796 - 61.555), within(1e-12));
        assertThat(ALUMINIUM.zenerRatio()).isCloseTo(1.21, within(0.005));
        assertThat(ALUMINIUM.bulkModulus()).isCloseTo(78.969, within(1e-3));
    }

    @Test
    void cubicYoungsModulusAlongTheCubeDirections() {
        double c11 = 113.796;
        double c12 = 61.555;
        double c44 = 31.595;
        double bulk = (c11 + 2 * c12) / 3;
        double s11 = (c11 + c12) / ((c11 - c12) * (c11 + 2 * c12));
        assertThat(ALUMINIUM.youngsModulus(new double[] {0, 0, 2})).isCloseTo(1 / s11, within(1e-10));
        assertThat(ALUMINIUM.youngsModulus(new double[] {-3, 3, 3}))
                .isCloseTo(9 * bulk * c44 / (3 * bulk + c44), within(1e-10));
        double s12 = -c12 / ((c11 - c12) * (c11 + 2 * c12));
        assertThat(ALUMINIUM.youngsModulus(new double[] {1, 1, 0}))
                .isCloseTo(1 / (0.5 * (s11 + s12) + 0.25 / c44), within(1e-10));
    }

    @Test
    void anIsotropicMaterialHasOneModulusAndOneEstimate() {
        double youngs = 9 * 80 * 30 / (3 * 80 + 30.0);
        for (double[] d : new double[][] {{1, 0, 0}, {0.3, -2, 0.7}, {1, 1, 1}}) {
            assertThat(ISOTROPIC.youngsModulus(d)).isCloseTo(youngs, within(1e-10));
        }
        for (ElasticTensor.Moduli m : new ElasticTensor.Moduli[] {
                ISOTROPIC.voigt(), ISOTROPIC.reuss(), ISOTROPIC.hill()}) {
            assertThat(m.bulk()).isCloseTo(80, within(1e-10));
            assertThat(m.shear()).isCloseTo(30, within(1e-10));
            assertThat(m.youngs()).isCloseTo(youngs, within(1e-10));
            assertThat(m.poisson()).isCloseTo(youngs / 60 - 1, within(1e-12));
        }
        assertThat(ISOTROPIC.zenerRatio()).isCloseTo(1, within(1e-14));
    }

    @Test
    void cubicEstimatesAreTheTextbookOnes() {
        double difference = 113.796 - 61.555;
        assertThat(ALUMINIUM.voigt().shear()).isCloseTo((difference + 3 * 31.595) / 5, within(1e-10));
        assertThat(ALUMINIUM.reuss().shear())
                .isCloseTo(5 * difference * 31.595 / (4 * 31.595 + 3 * difference), within(1e-10));
        assertThat(ALUMINIUM.hill().shear()).isBetween(ALUMINIUM.reuss().shear(), ALUMINIUM.voigt().shear());
        assertThat(ALUMINIUM.reuss().bulk()).isCloseTo(ALUMINIUM.bulkModulus(), within(1e-10));
    }

    @Test
    void softestStrainOfAShearThatCostsLittle() {
        double[][] c = ALUMINIUM.toArray();
        c[3][3] = 1.5;
        double[] strain = ElasticTensor.of(c).softestStrain();
        assertThat(strain).containsExactly(new double[] {0, 0, 0, Math.sqrt(0.5), 0, 0}, within(1e-12));
        c[0][0] = c[0][1] * c[0][1] / c[1][1] - 400;
        double[] stretch = ElasticTensor.of(c).softestStrain();
        assertThat(stretch[0]).isGreaterThan(0.9);
        assertThat(stretch[1]).isNegative().isCloseTo(stretch[2], within(1e-12));
    }

    @Test
    void kelvinEigenvaluesOfACubicTensor() {
        double[] e = ALUMINIUM.eigenvalues();
        double shear = 113.796 - 61.555;
        double[] expected = {shear, shear, 2 * 31.595, 2 * 31.595, 2 * 31.595, 113.796 + 2 * 61.555};
        assertThat(e).containsExactly(expected, within(1e-10));
        assertThat(ALUMINIUM.smallestEigenvalue()).isEqualTo(e[0]);
    }

    @Test
    void positiveDefiniteUpToTheBorder() {
        assertThat(ElasticTensor.cubic(1, 1 - 1e-9, 1).isPositiveDefinite()).isTrue();
        assertThat(ElasticTensor.cubic(1, 1, 1).isPositiveDefinite()).isFalse();
        assertThat(ElasticTensor.cubic(1, 1 + 1e-9, 1).isPositiveDefinite()).isFalse();
        assertThat(ElasticTensor.cubic(1, -0.5 + 1e-9, 1).isPositiveDefinite()).isTrue();
        assertThat(ElasticTensor.cubic(1, -0.5 - 1e-9, 1).isPositiveDefinite()).isFalse();
        assertThat(ElasticTensor.cubic(2, 1, 0).isPositiveDefinite()).isFalse();
        assertThat(ElasticTensor.cubic(0, 0, 0).isPositiveDefinite()).isFalse();
        assertThat(ElasticTensor.cubic(2e-6, 1e-6, 1e-6).isPositiveDefinite()).isTrue();
    }

    /** Rank one: one strain direction resists, and rounding in the pivots must not make that six. */
    @Test
    void aSemidefiniteTensorIsNotPositiveDefinite() {
        double[] v = {0.1, 0.7, 1.3, 0.3, 0.9, 1.1};
        double[][] c = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                c[i][j] = v[i] * v[j];
            }
        }
        assertThat(ElasticTensor.of(c).isPositiveDefinite()).isFalse();
    }

    @Test
    void complianceOfASingularTensorSaysWhy() {
        ElasticTensor slit = ElasticConstants.toTensor(new double[] {0, 50, 50, 0, 0, 20, 15, 0, 0, 0, 0, 0, 0});
        assertThatThrownBy(slit::compliance).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("singular").hasMessageContaining("smallest eigenvalue 0");
        assertThatThrownBy(slit::hill).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ElasticTensor.cubic(1, 1, 1).youngsModulus(new double[] {1, 0, 0}))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void anUnsymmetricTensorIsKeptMeasuredAndSymmetrised() {
        double[][] c = ALUMINIUM.toArray();
        c[0][1] += 0.5;
        c[3][5] = -0.125;
        ElasticTensor skewed = ElasticTensor.of(c);
        assertThat(skewed.symmetryResidual()).isEqualTo(0.5);
        assertThat(skewed.symmetric().symmetryResidual()).isZero();
        assertThat(skewed.symmetric().get(5, 3)).isEqualTo(-0.0625);
        assertThat(skewed.distance(ALUMINIUM)).isEqualTo(0.5);
        assertThat(skewed.bulkModulus()).isCloseTo(skewed.symmetric().bulkModulus(), within(1e-12));
        assertThat(ElasticTensor.fromFull(skewed.full())).isEqualTo(skewed);
    }

    @Test
    void arraysAreCopied() {
        double[][] c = ALUMINIUM.toArray();
        ElasticTensor copy = ElasticTensor.of(c);
        c[0][0] = 0;
        copy.toArray()[0][0] = 0;
        copy.full()[0][0][0][0] = 0;
        assertThat(copy).isEqualTo(ALUMINIUM).hasSameHashCodeAs(ALUMINIUM);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> ElasticTensor.of(new double[5][6])).hasMessageContaining("6 rows, got 5");
        assertThatThrownBy(() -> ElasticTensor.of(new double[6][5])).hasMessageContaining("row 1");
        double[][] c = ALUMINIUM.toArray();
        c[2][4] = Double.NaN;
        assertThatThrownBy(() -> ElasticTensor.of(c)).hasMessageContaining("C35").hasMessageContaining("NaN");
        assertThatThrownBy(() -> ALUMINIUM.rotated(new double[][] {{1, 0, 0}, {0, 1, 0.1}, {0, 0, 1}}))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("orthogonal");
        assertThatThrownBy(() -> ALUMINIUM.rotated(new double[2][2])).hasMessageContaining("3x3");
        assertThatThrownBy(() -> ALUMINIUM.youngsModulus(new double[3])).hasMessageContaining("length");
        assertThatThrownBy(() -> ALUMINIUM.youngsModulus(new double[2])).hasMessageContaining("3 components");
        double[][][][] full = ALUMINIUM.full();
        full[1][0][2][2] = 3;
        assertThatThrownBy(() -> ElasticTensor.fromFull(full)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2133");
    }
}
