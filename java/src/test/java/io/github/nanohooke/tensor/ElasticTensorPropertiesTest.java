// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws that hold for every tensor: most are symmetric and positive definite, made as A A^T + 1. */
class ElasticTensorPropertiesTest {
    private static final int TRIES = 100;

    @Provide
    Arbitrary<ElasticTensor> tensors() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            double[][] a = new double[6][6];
            for (double[] row : a) {
                for (int j = 0; j < 6; j++) {
                    row[j] = 6 * random.nextDouble() - 3;
                }
            }
            double[][] c = new double[6][6];
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    c[i][j] = i == j ? 1 : 0;
                    for (int k = 0; k < 6; k++) {
                        c[i][j] += a[i][k] * a[j][k];
                    }
                }
            }
            return ElasticTensor.of(c).symmetric();
        });
    }

    /** Orthogonal matrices from unit quaternions; half of them with a mirror. */
    @Provide
    Arbitrary<double[][]> rotations() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            double w = random.nextGaussian();
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double z = random.nextGaussian();
            double n = w * w + x * x + y * y + z * z;
            double sign = random.nextBoolean() ? 1 : -1;
            double[][] r = {
                {w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
                {2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)},
                {2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z}};
            for (double[] row : r) {
                for (int j = 0; j < 3; j++) {
                    row[j] *= (j == 2 ? sign : 1) / n;
                }
            }
            return r;
        });
    }

    @Property(tries = TRIES)
    void rotationIsTheFourfoldSum(@ForAll("tensors") ElasticTensor c, @ForAll("rotations") double[][] r) {
        double[][][][] old = c.full();
        double[][][][] now = new double[3][3][3][3];
        for (int t = 0; t < 81; t++) {
            int i = t / 27;
            int j = t / 9 % 3;
            int k = t / 3 % 3;
            int l = t % 3;
            for (int s = 0; s < 81; s++) {
                now[i][j][k][l] += r[i][s / 27] * r[j][s / 9 % 3] * r[k][s / 3 % 3] * r[l][s % 3]
                        * old[s / 27][s / 9 % 3][s / 3 % 3][s % 3];
            }
        }
        assertThat(c.rotated(r).distance(ElasticTensor.fromFull(now))).isLessThan(1e-11);
    }

    @Property(tries = TRIES)
    void rotatingForthAndBackChangesNothing(@ForAll("tensors") ElasticTensor c, @ForAll("rotations") double[][] r) {
        double[][] back = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                back[i][j] = r[j][i];
            }
        }
        assertThat(c.rotated(r).rotated(back).distance(c)).isLessThan(1e-11);
    }

    @Property(tries = TRIES)
    void moduliAndEigenvaluesKnowNoAxes(@ForAll("tensors") ElasticTensor c, @ForAll("rotations") double[][] r) {
        ElasticTensor turned = c.rotated(r);
        assertThat(turned.eigenvalues()).containsExactly(c.eigenvalues(), within(1e-10));
        assertThat(turned.hill().bulk()).isCloseTo(c.hill().bulk(), within(1e-9));
        assertThat(turned.hill().shear()).isCloseTo(c.hill().shear(), within(1e-9));
        assertThat(turned.isPositiveDefinite()).isTrue();
        assertThat(c.reuss().bulk()).isLessThanOrEqualTo(c.voigt().bulk());
        assertThat(c.reuss().shear()).isLessThanOrEqualTo(c.voigt().shear());
    }

    @Property(tries = TRIES)
    void complianceIsTheInverse(@ForAll("tensors") ElasticTensor c) {
        double[][] s = c.compliance();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double product = 0;
                for (int k = 0; k < 6; k++) {
                    product += c.get(i, k) * s[k][j];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-10));
            }
        }
    }

    /** Stress sigma n n gives the strain S sigma; Young's modulus is stress over the strain along n. */
    @Property(tries = TRIES)
    void youngsModulusIsStressOverStrain(@ForAll("tensors") ElasticTensor c, @ForAll("rotations") double[][] r) {
        double[] n = {r[0][0], r[1][0], r[2][0]};
        double[] stress = {n[0] * n[0], n[1] * n[1], n[2] * n[2], n[1] * n[2], n[0] * n[2], n[0] * n[1]};
        double[][] s = c.compliance();
        double along = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                along += stress[i] * s[i][j] * stress[j];
            }
        }
        assertThat(c.youngsModulus(n)).isCloseTo(1 / along, within(1e-9));
        double[][] back = {{r[0][0], r[1][0], r[2][0]}, {r[0][1], r[1][1], r[2][1]}, {r[0][2], r[1][2], r[2][2]}};
        assertThat(c.rotated(back).youngsModulus(new double[] {1, 0, 0})).isCloseTo(1 / along, within(1e-9));
    }

    @Property(tries = TRIES)
    void symmetriesOfTheSquareAreRotations(@ForAll("tensors") ElasticTensor c, @ForAll SquareSymmetry s,
            @ForAll SquareSymmetry t) {
        assertThat(c.transformed(s).distance(c.rotated(s.matrix()))).isZero();
        assertThat(c.transformed(s).transformed(t)).isEqualTo(c.transformed(t.after(s)));
        assertThat(c.transformed(s).transformed(s.inverse())).isEqualTo(c);
    }

    @Property(tries = TRIES)
    void positiveDefiniteMeansPositiveEigenvalues(@ForAll("tensors") ElasticTensor c, @ForAll Random random) {
        double[][] shifted = c.toArray();
        double shift = 30 * random.nextDouble();
        for (int i = 0; i < 6; i++) {
            shifted[i][i] -= shift;
        }
        ElasticTensor tensor = ElasticTensor.of(shifted);
        assertThat(tensor.isPositiveDefinite()).isEqualTo(tensor.smallestEigenvalue() > 0);
    }

    @Property(tries = TRIES)
    void thirteenConstantsThereAndBack(@ForAll("tensors") ElasticTensor c, @ForAll SquareSymmetry s) {
        double[] x = ElasticConstants.of(c);
        ElasticTensor extruded = ElasticConstants.toTensor(x);
        assertThat(ElasticConstants.of(extruded)).containsExactly(x);
        assertThat(ElasticConstants.largestOther(extruded)).isZero();
        assertThat(ElasticConstants.largestOther(extruded.transformed(s))).isZero();
        assertThat(ElasticConstants.largestOther(c)).isEqualTo(c.distance(extruded));
    }
}
