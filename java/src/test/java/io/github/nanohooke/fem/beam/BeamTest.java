// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References: extrapolated from Q9 meshes up to 320 x 64, and CalculiX 2.20 with the same tensor. */
class BeamTest {

    @ParameterizedTest
    @CsvSource({"saint-venant-kirchhoff, 11.167, 25.360, 0.001", "hencky, 11.005, 24.05, 0.002",
        "cauchy-log, 11.03, 24.25, 0.002", "linear, 10.656, 21.312, 0.001"})
    void forcesOfTheSixteenPoreTensor(String law, double half, double whole, double tolerance) {
        BeamCurve curve = curve(law, BeamEnd.CLAMPED);
        assertThat(curve.states()).hasSize(21);
        assertThat(curve.displacement(10)).isCloseTo(20, within(1e-9));
        assertThat(curve.forceY(10)).isCloseTo(half, within(tolerance * half));
        assertThat(curve.forceY(20)).isCloseTo(whole, within(tolerance * whole));
        assertThat(curve.states().get(20).negativePivots()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"CLAMPED, 11.19, 25.42", "GUIDED, 10.70, 21.51", "FREE, 2.92, 6.08", "HINGED, 3.28, 8.97",
        "MIDDLE, 2.88, 5.79", "PINNED, 3.24, 8.69"})
    void otherEndsOfTheBeam(BeamEnd end, double half, double whole) {
        BeamCurve curve = curve("saint-venant-kirchhoff", end);
        assertThat(curve.forceY(10)).isCloseTo(half, within(0.005 * half));
        assertThat(curve.forceY(20)).isCloseTo(whole, within(0.005 * whole));
        assertThat(curve.displacement(20)).isCloseTo(40, within(1e-9));
        if (end == BeamEnd.HINGED || end == BeamEnd.PINNED) {
            assertThat(curve.forceX(20)).isGreaterThan(10);
        } else {
            assertThat(curve.forceX(20)).isCloseTo(end == BeamEnd.CLAMPED ? 34.03 : 0, within(0.02));
        }
    }

    /**
     * A beam a tenth as large, 100 lattice cells, between the innermost held planes: all its 7,696 atoms need 0.11754
     * N/m for 0.2 nm (AtomBeamTest), where the length, faces and ends leave finite elements within some thousandths.
     */
    @Test
    void atomsAtATenthOfTheSize() {
        BeamOptions small = new BeamOptions((100 - 4) * 0.405 + 0.2025, 8.1, 0.2, 1, BeamEnd.CLAMPED, 30, 10);
        for (String law : new String[] {"hencky", "saint-venant-kirchhoff", "linear"}) {
            double force = BeamCurve.of(small, Laws.of(law, TestTensors.sixteenPores()), Listener.SILENT).forceY(1);
            assertThat(0.11754 / force).as(law).isCloseTo(0.998, within(0.002));
        }
    }

    /** What is found before a listener says stop is a curve that says so. */
    @Test
    void aCurveThatIsStoppedKeepsItsStates() {
        BeamOptions options = new BeamOptions(400, 80, 4, 4, BeamEnd.CLAMPED, 6, 2);
        Listener untilHalf = state -> state.fraction() < 0.5;
        BeamCurve curve = BeamCurve.asFarAsItGoes(options, Laws.of("hencky", TestTensors.sixteenPores()),
                new FemSolver(), untilHalf);
        assertThat(curve.isStopped()).isTrue();
        assertThat(curve.states()).hasSize(3);
        assertThat(curve.displacement(2)).isCloseTo(2, within(1e-9));
        assertThatThrownBy(curve::requireNotStopped).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> BeamCurve.of(options, Laws.of("hencky", TestTensors.sixteenPores()), untilHalf))
                .isInstanceOf(CancellationException.class).hasMessageContaining("stopped in step \"bend\"");
        BeamCurve whole = BeamCurve.of(options, Laws.of("hencky", TestTensors.sixteenPores()), Listener.SILENT);
        assertThat(whole.isStopped()).isFalse();
        assertThat(curve.forceY(2)).isEqualTo(whole.forceY(2));
    }

    @Test
    void oneIncrementReachesTheSameState() {
        BeamOptions paper = BeamOptions.paper();
        BeamOptions one = new BeamOptions(paper.length(), paper.height(), 40, 1, BeamEnd.CLAMPED, 30, 10);
        BeamCurve curve = BeamCurve.of(one, Laws.of("saint-venant-kirchhoff", TestTensors.sixteenPores()),
                Listener.SILENT);
        assertThat(curve.forceY(1)).isCloseTo(curve("saint-venant-kirchhoff", BeamEnd.CLAMPED).forceY(20),
                within(1e-6));
        assertThat(FemSolver.unknowns(curve.problem())).isEqualTo(2 * 59 * 21);
    }

    /** Independent values: a periodic cell by another program. */
    @Test
    void continuumWithPores() {
        ElasticTensor c = PoreLattice.effective(ElasticTensor.cubic(113.8, 61.6, 31.6), 5);
        assertThat(c.get(0, 0)).isCloseTo(96.5, within(0.2));
        assertThat(c.get(0, 1)).isCloseTo(48.8, within(0.2));
        assertThat(c.get(0, 2)).isCloseTo(51.0, within(0.2));
        assertThat(c.get(2, 2)).isCloseTo(103.6, within(0.2));
        assertThat(c.get(5, 5)).isCloseTo(27.0, within(0.2));
        assertThat(c.bulkModulus()).isCloseTo(66.5, within(0.2));
        assertThat(c.get(3, 3)).isBetween(31.6 * 0.9, 31.6 * 0.96);
    }

    @Test
    void sourcesOfTheTensor() {
        ElasticTensor statics = BeamMaterial.tensor("statics");
        assertThat(statics.distance(TestTensors.sixteenPores())).isLessThan(0.03);
        assertThat(BeamMaterial.tensor("network").distance(statics)).isLessThan(3);
        assertThatThrownBy(() -> BeamMaterial.tensor("guess")).isInstanceOf(FemException.class)
                .hasMessageContaining("statics, network, designed-network, hybrid, size-independent");
    }

    @Test
    void impossibleBeamsAreRefused() {
        assertThatThrownBy(() -> new BeamOptions(0, 81, 40, 20, BeamEnd.FREE, 30, 10))
                .isInstanceOf(FemException.class).hasMessageContaining("positive");
        assertThatThrownBy(() -> new BeamOptions(405, 81, Double.NaN, 20, BeamEnd.FREE, 30, 10))
                .isInstanceOf(FemException.class);
        assertThatThrownBy(() -> new BeamOptions(405, 81, 40, 0, BeamEnd.FREE, 30, 10))
                .isInstanceOf(FemException.class);
    }

    private static BeamCurve curve(String law, BeamEnd end) {
        BeamOptions paper = BeamOptions.paper();
        return BeamCurve.of(new BeamOptions(paper.length(), paper.height(), paper.displacement(), paper.increments(),
                end, paper.elementsX(), paper.elementsY()), Laws.of(law, TestTensors.sixteenPores()), Listener.SILENT);
    }
}
