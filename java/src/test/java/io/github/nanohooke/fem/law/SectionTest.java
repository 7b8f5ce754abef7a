// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.tensor.ElasticTensor;
import org.junit.jupiter.api.Test;

class SectionTest {
    private static final double[] IN_PLANE = {1.05, 0.07, -0.03, 0.92};

    @Test
    void thinSheetOfAnIsotropicMetal() {
        double[] p = new double[4];
        double[] a = new double[16];
        Section.PLANE_STRESS.tangent(new LinearLaw(TestTensors.isotropic(70, 0.3)), new double[] {1, 0, 0, 1}, p, a);
        assertThat(a[0]).isCloseTo(70 / (1 - 0.09), within(1e-10));
        assertThat(a[3]).isCloseTo(0.3 * 70 / (1 - 0.09), within(1e-10));
        assertThat(a[5]).isCloseTo(70 / 2.6, within(1e-10));
    }

    @Test
    void sheetsHaveFreeFacesAndAConsistentTangent() {
        for (String name : Laws.names()) {
            MaterialLaw law = Laws.of(name, TestTensors.triclinic(4));
            double[] whole = new double[9];
            law.stress(Section.PLANE_STRESS.whole(law, IN_PLANE), whole);
            assertThat(new double[] {whole[2], whole[5], whole[8]}).containsExactly(new double[3], within(1e-10));
            requireTangent(Section.PLANE_STRESS, law);
        }
    }

    @Test
    void planeStrainHasAConsistentTangent() {
        for (String name : Laws.names()) {
            requireTangent(Section.PLANE_STRAIN, Laws.of(name, TestTensors.triclinic(4)));
        }
    }

    @Test
    void turningTheCrystalTurnsItsAnswer() {
        ElasticTensor cubic = ElasticTensor.cubic(114, 62, 32);
        assertThat(Orientation.turned(cubic, 90, 0, 0).distance(cubic)).isLessThan(1e-12);
        assertThat(Orientation.turned(cubic, 30, 50, -30).distance(Orientation.turned(cubic, 30, 50, 60)))
                .isLessThan(1e-12);
        // Along a face diagonal: (C11 + C12) / 2 + C44.
        assertThat(Orientation.turned(cubic, 45, 0, 0).get(0, 0)).isCloseTo((114 + 62) / 2.0 + 32, within(1e-12));
        assertThat(Orientation.turned(cubic, 0, 45, 0).get(1, 1)).isCloseTo((114 + 62) / 2.0 + 32, within(1e-12));
        assertThat(Orientation.turned(cubic, 0, 45, 0).get(0, 0)).isCloseTo(114, within(1e-12));
    }

    private static void requireTangent(Section section, MaterialLaw law) {
        double[] p = new double[4];
        double[] a = new double[16];
        section.tangent(law, IN_PLANE, p, a);
        for (int k = 0; k < 4; k++) {
            double[] up = stress(section, law, k, 1e-6);
            double[] down = stress(section, law, k, -1e-6);
            for (int i = 0; i < 4; i++) {
                assertThat(a[4 * i + k]).as("%s of %s", law.name(), section).isCloseTo((up[i] - down[i]) / 2e-6,
                        within(3e-6));
            }
        }
    }

    private static double[] stress(Section section, MaterialLaw law, int component, double by) {
        double[] f = IN_PLANE.clone();
        f[component] += by;
        double[] p = new double[4];
        section.stress(law, f, p);
        return p;
    }
}
