// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaterialLawTest {
    private static final double STEP = 1e-6;

    static Stream<MaterialLaw> laws() {
        ElasticTensor tensor = TestTensors.triclinic(7);
        return Laws.names().stream().map(name -> Laws.of(name, tensor));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void stressIsTheDerivativeOfTheEnergy(MaterialLaw law) {
        for (double[] f : gradients()) {
            double[] p = new double[9];
            law.stress(f, p);
            for (int i = 0; i < 9 && law.hasEnergy(); i++) {
                double slope = (law.energy(moved(f, i, STEP)) - law.energy(moved(f, i, -STEP))) / (2 * STEP);
                assertThat(slope).as("%s, component %d", law.name(), i).isCloseTo(p[i], within(2e-6));
            }
            assertThat(law.hasEnergy() ? law.energy(f) : Double.NaN).satisfies(w ->
                    assertThat(Double.isNaN(w)).isEqualTo(!law.hasEnergy()));
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void tangentIsTheDerivativeOfTheStress(MaterialLaw law) {
        for (double[] f : gradients()) {
            double[] p = new double[9];
            double[] again = new double[9];
            double[] a = new double[81];
            law.stress(f, p);
            law.tangent(f, again, a);
            assertThat(again).containsExactly(p);
            double[] up = new double[9];
            double[] down = new double[9];
            for (int k = 0; k < 9; k++) {
                law.stress(moved(f, k, STEP), up);
                law.stress(moved(f, k, -STEP), down);
                for (int i = 0; i < 9; i++) {
                    double slope = (up[i] - down[i]) / (2 * STEP);
                    assertThat(a[9 * i + k]).as("%s, dP%d/dF%d", law.name(), i, k).isCloseTo(slope, within(3e-6));
                    if (law.hasEnergy()) {
                        assertThat(a[9 * i + k]).isCloseTo(a[9 * k + i], within(1e-10));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void rotationsTurnTheStressAndCostNothing(MaterialLaw law) {
        if (!law.isObjective()) {
            assertThat(law.name()).isEqualTo("linear");
            return;
        }
        double[] r = rotation(3);
        for (double[] f : gradients()) {
            double[] turned = product(r, f);
            double[] p = new double[9];
            double[] q = new double[9];
            law.stress(f, p);
            law.stress(turned, q);
            assertThat(q).containsExactly(product(r, p), within(1e-10));
            if (law.hasEnergy()) {
                assertThat(law.energy(turned)).isCloseTo(law.energy(f), within(1e-11));
            }
        }
        double[] none = new double[9];
        law.stress(r, none);
        assertThat(none).containsExactly(new double[9], within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void smallStrainsFollowTheTensor(MaterialLaw law) {
        double[] p = new double[9];
        double[] q = new double[9];
        double[] a = new double[81];
        double[] b = new double[81];
        law.tangent(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, p, a);
        new LinearLaw(TestTensors.triclinic(7)).tangent(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, q, b);
        assertThat(a).containsExactly(b, within(1e-11));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void aVolumeTurnedInsideOutHasNoStress(MaterialLaw law) {
        double[] p = new double[9];
        law.stress(new double[] {-1, 0, 0, 0, 1, 0, 0, 0, 1}, p);
        assertThat(Double.isNaN(p[0])).isEqualTo(law.isObjective());
    }

    @Test
    void stretchAlongOneAxis() {
        ElasticTensor tensor = TestTensors.sixteenPores();
        double[] f = {1.2, 0, 0, 0, 1, 0, 0, 0, 1};
        double c = 102.05;
        assertThat(normalStress(new SaintVenantKirchhoffLaw(tensor), f))
                .isCloseTo(1.2 * c * 0.22, within(1e-12));
        assertThat(normalStress(new HenckyLaw(tensor), f)).isCloseTo(c * Math.log(1.2) / 1.2, within(1e-12));
        assertThat(normalStress(new CauchyLogLaw(tensor), f)).isCloseTo(c * Math.log(1.2), within(1e-12));
        assertThat(normalStress(new LinearLaw(tensor), f)).isCloseTo(c * 0.2, within(1e-12));
    }

    @Test
    void aTensorThatIsNotPositiveDefiniteIsRefused() {
        ElasticTensor bad = ElasticTensor.cubic(50, 60, 20);
        for (String name : Laws.names()) {
            assertThatThrownBy(() -> Laws.of(name, bad)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not positive definite").hasMessageContaining("-10");
        }
        assertThatThrownBy(() -> Laws.of("hooke", bad)).hasMessageContaining("hencky");
    }

    private static double normalStress(MaterialLaw law, double[] f) {
        double[] p = new double[9];
        law.stress(f, p);
        return p[0];
    }

    /** Ordinary ones, and such with equal and nearly equal stretches, where spectral formulas lose their digits. */
    private static double[][] gradients() {
        double[] stretch = product(rotation(5), new double[] {1.1, 0, 0, 0, 1.1, 0, 0, 0, 0.9});
        double[] close = product(rotation(9), new double[] {1.1, 1e-7, 0, 0, 1.1, 0, 2e-4, 0, 1.1002});
        double[] border = product(rotation(9), new double[] {1.1, 0, 0, 0, 1.045, 0, 0, 0, 1.1502});
        return new double[][] {random(1, 0.02), random(2, 0.15), {1, 0, 0, 0, 1, 0, 0, 0, 1}, stretch, close, border,
            {1.3, 0, 0, 0, 1.3, 0, 0, 0, 1.3}};
    }

    private static double[] random(long seed, double size) {
        Random random = new Random(seed);
        double[] f = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        for (int i = 0; i < 9; i++) {
            f[i] += size * random.nextGaussian();
        }
        return f;
    }

    private static double[] moved(double[] f, int i, double by) {
        double[] moved = f.clone();
        moved[i] += by;
        return moved;
    }

    static double[] rotation(long seed) {
        Random random = new Random(seed);
        double[] q = new double[4];
        double norm = 0;
        for (int i = 0; i < 4; i++) {
            q[i] = random.nextGaussian();
            norm += q[i] * q[i];
        }
        double s = 2 / norm;
        return new double[] {1 - s * (q[2] * q[2] + q[3] * q[3]), s * (q[1] * q[2] - q[3] * q[0]),
            s * (q[1] * q[3] + q[2] * q[0]), s * (q[1] * q[2] + q[3] * q[0]), 1 - s * (q[1] * q[1] + q[3] * q[3]),
            s * (q[2] * q[3] - q[1] * q[0]), s * (q[1] * q[3] - q[2] * q[0]), s * (q[2] * q[3] + q[1] * q[0]),
            1 - s * (q[1] * q[1] + q[2] * q[2])};
    }

    static double[] product(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                c[i] += a[i / 3 * 3 + k] * b[3 * k + i % 3];
            }
        }
        return c;
    }
}
