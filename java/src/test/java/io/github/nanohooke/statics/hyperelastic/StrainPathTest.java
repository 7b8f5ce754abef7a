// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stress-strain curves against their own energy, and the first instability against states on either side. */
class StrainPathTest {
    private static HyperelasticCalculator crystal;

    @BeforeAll
    static void open() {
        double a = 4.05;
        crystal = HyperelasticCalculator.open(new PorousStructure(Lattice.aluminium(), new Cells(3, 3, 1),
                List.of(new Rectangle(0.75 * a, 1.75 * a, 0.75 * a, 1.75 * a))).atoms(),
                ReferenceCell.Kind.ZERO_STRESS, StaticsOptions.defaults(), StaticsProgress.SILENT);
    }

    @AfterAll
    static void close() {
        crystal.close();
    }

    @Test
    void stressIsTheSlopeOfTheEnergy() {
        StrainPath path = StrainPath.follow(crystal, new double[] {2, 0, 0, 0, 0, 0.4}, 0.004, 20, done -> true);
        assertThat(path.direction()).containsExactly(1, 0, 0, 0, 0, 0.2);
        assertThat(path.instability()).isEmpty();
        assertThat(path.states()).hasSize(21);
        double work = 0;
        for (int k = 1; k <= 20; k++) {
            StrainPath.State from = path.states().get(k - 1);
            StrainPath.State to = path.states().get(k);
            work += 0.5 * (from.stress() + to.stress()) * (to.strain() - from.strain());
            assertThat(to.stress() - from.stress()).isCloseTo(0.5 * (from.tangent() + to.tangent())
                    * (to.strain() - from.strain()), within(1e-4));
        }
        double energy = path.states().get(20).result().energy();
        assertThat(work).isCloseTo(energy, within(1e-3 * energy));
    }

    /** An end that no product of steps hits exactly, and one that is not reached. */
    @Test
    void aPathThatIsStoppedSaysSo() {
        double[] x = {1, 0, 0, 0, 0, 0};
        StrainPath whole = StrainPath.follow(crystal, x, 0.0011, 11, done -> true);
        assertThat(whole.isComplete()).isTrue();
        StrainPath stopped = StrainPath.follow(crystal, x, 0.0011, 11, done -> done < 0.3);
        assertThat(stopped.isComplete()).isFalse();
        assertThat(stopped.to()).isEqualTo(0.0011);
        assertThat(stopped.states()).hasSize(5);
        assertThat(stopped.states().get(4).stress()).isCloseTo(whole.states().get(4).stress(), within(1e-9));
    }

    @Test
    void firstInstabilityIsFoundToATenthOfAPerCent() {
        StrainPath path = StrainPath.follow(crystal, new double[] {1, 0, 0, 0, 0, 0}, 0.4, 20, done -> true);
        StrainPath.Instability found = path.instability().orElseThrow();
        assertThat(found.strain()).isBetween(0.01, 0.39);
        double inside = found.strain();
        double beyond = found.strain() * (1 + 1.01 * StrainPath.RESOLUTION);
        assertThat(crystal.deform(Deformations.stretch(1 + inside, 1, 1, 0, 0, 0)).outcome())
                .isEqualTo(HyperelasticOutcome.STABLE);
        assertThat(crystal.deform(Deformations.stretch(1 + beyond, 1, 1, 0, 0, 0)).outcome())
                .isNotEqualTo(HyperelasticOutcome.STABLE);
        assertThat(found.explanation()).contains("first instability at a strain of 0.");
        // The direction that is told is the one that gives way: as stiff as the smallest eigenvalue says.
        double[] d = found.direction();
        double[][] c = found.state().result().tensor().toArray();
        double stiffness = 0;
        for (int t = 0; t < 6; t++) {
            for (int u = 0; u < 6; u++) {
                stiffness += (t < 3 ? 1 : 2) * d[t] * c[t][u] * (u < 3 ? 1 : 2) * d[u];
            }
        }
        assertThat(stiffness).isCloseTo(found.state().result().cellStability(), within(1e-9));
        assertThat(path.states().get(path.states().size() - 1).strain()).isEqualTo(found.strain());
    }

    @Test
    void badPathsAreRefused() {
        assertThatThrownBy(() -> StrainPath.follow(crystal, new double[6], 0.1, 5, done -> true))
                .isInstanceOf(StaticsException.class).hasMessageContaining("direction");
        assertThatThrownBy(() -> StrainPath.follow(crystal, new double[] {1, 0, 0, 0, 0, 0}, -1.5, 5, done -> true))
                .isInstanceOf(StaticsException.class).hasMessageContaining("positive principal values");
    }
}
