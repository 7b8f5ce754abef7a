// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Polygon.Vertex;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The energy of deformation against its own derivatives, the elastic tensor, and what must not change it. */
class HyperelasticCalculatorTest {
    private static final StaticsOptions OPTIONS = StaticsOptions.defaults().withForceTolerance(1e-7)
            .withStressTolerance(1e-7);
    /** The beam's cell: five cells squared, a pore of one. */
    private static final Atoms PORE = atoms(5, new Rectangle(7.0875, 11.1375, 7.0875, 11.1375));
    /** A cell without symmetry. */
    private static final Atoms SKEW = atoms(6, new Polygon(List.of(new Vertex(6, 6), new Vertex(17, 8),
            new Vertex(9, 15))));
    private static HyperelasticCalculator pore;
    private static HyperelasticCalculator skew;

    private static Atoms atoms(int cells, Pore hole) {
        return new PorousStructure(Lattice.aluminium(), new Cells(cells, cells, 1), List.of(hole)).atoms();
    }

    @BeforeAll
    static void open() {
        pore = HyperelasticCalculator.open(PORE, ReferenceCell.Kind.ZERO_STRESS, OPTIONS, StaticsProgress.SILENT);
        skew = HyperelasticCalculator.open(SKEW, ReferenceCell.Kind.ZERO_STRESS, OPTIONS, StaticsProgress.SILENT);
    }

    @AfterAll
    static void close() {
        pore.close();
        skew.close();
    }

    @Test
    void undeformedIsAtRestWithTheElasticTensor() {
        for (HyperelasticCalculator crystal : List.of(pore, skew)) {
            HyperelasticResult rest = crystal.deform(Deformations.none());
            assertThat(rest.outcome()).isEqualTo(HyperelasticOutcome.STABLE);
            assertThat(rest.energy()).isCloseTo(0, within(1e-12));
            assertThat(Arrays.stream(rest.piola()).map(Math::abs).max().orElseThrow()).isLessThan(1e-8);
            try (ElasticCalculator statics = ElasticCalculators.open("hessian")) {
                ElasticTensor tensor = statics.calculate(crystal == pore ? PORE : SKEW, OPTIONS,
                        StaticsProgress.SILENT).tensor();
                ElasticTensor here = ElasticTensor.of(Deformations.onTop(Deformations.none(), rest.tangent()));
                assertThat(here.distance(tensor)).isLessThan(2e-3);
                assertThat(rest.cellStability()).isCloseTo(tensor.smallestEigenvalue(), within(2e-3));
            }
            assertThat(rest.atomStability()).isPositive();
        }
    }

    @Test
    void stressIsTheEnergysDerivativeAndTangentTheStresss() {
        Random random = new Random(3);
        for (HyperelasticCalculator crystal : List.of(pore, skew)) {
            double[] f = near(random, 0.015);
            HyperelasticResult at = crystal.deform(f);
            double largest = Arrays.stream(at.piola()).map(Math::abs).max().orElseThrow();
            double h = 1e-5;
            for (int q = 0; q < 9; q++) {
                HyperelasticResult more = crystal.deform(moved(f, q, h));
                HyperelasticResult less = crystal.deform(moved(f, q, -h));
                assertThat((more.energy() - less.energy()) / (2 * h)).isCloseTo(at.piola()[q], within(1e-6 * largest));
                for (int r = 0; r < 9; r++) {
                    assertThat((more.piola()[r] - less.piola()[r]) / (2 * h)).isCloseTo(at.tangent()[9 * r + q],
                            within(0.02));
                    assertThat(at.tangent()[9 * r + q]).isCloseTo(at.tangent()[9 * q + r], within(1e-9));
                }
            }
        }
    }

    /** Where the atoms are about to give way, they let the cell fall back: moduli of minus tens of GPa are real. */
    @Test
    void cellIsUnstableBeforeItsAtomsAre() {
        double[] f = {0.98, 0, 0, 0, 0.99, 0, 0, 0, 1};
        HyperelasticResult at = skew.deform(f);
        double[] a = new double[81];
        double h = 2e-7;
        for (int q = 0; q < 9; q++) {
            double[] more = skew.deform(moved(f, q, h)).piola();
            double[] less = skew.deform(moved(f, q, -h)).piola();
            for (int r = 0; r < 9; r++) {
                a[9 * r + q] = (more[r] - less[r]) / (2 * h);
                assertThat(at.tangent()[9 * r + q]).isCloseTo(a[9 * r + q], within(0.1));
            }
        }
        assertThat(at.outcome()).isEqualTo(HyperelasticOutcome.CELL_UNSTABLE);
        assertThat(at.atomStability()).isPositive();
        assertThat(at.cellStability()).isLessThan(-40)
                .isCloseTo(ElasticTensor.of(Deformations.onTop(f, a)).eigenvalues()[0], within(0.3));
    }

    /** Beyond the end of stability lie other states, to which a long step could lead. (The ways are not quite one.) */
    @Test
    void endOfStabilityDoesNotDependOnTheLengthOfTheWay() {
        double end = Double.NaN;
        for (double s : new double[] {1.02, 1.025, 1.5, 2}) {
            HyperelasticResult at = skew.deform(new double[] {1 - 0.02 * s, 0, 0, 0, 1 - 0.01 * s, 0, 0, 0, 1});
            assertThat(at.outcome()).isEqualTo(HyperelasticOutcome.BEYOND_INSTABILITY);
            double reached = (1 - at.deformation()[0]) / 0.02;
            end = Double.isNaN(end) ? reached : end;
            assertThat(reached).isCloseTo(end, within(5e-3));
        }
    }

    @Test
    void rotationsCostNothing() {
        double[] f = near(new Random(5), 0.02);
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        double[] turn = Deformations.product(new double[] {c, -s, 0, s, c, 0, 0, 0, 1},
                new double[] {1, 0, 0, 0, s, -c, 0, c, s});
        HyperelasticResult straight = skew.deform(f);
        HyperelasticResult turned = skew.deform(Deformations.product(turn, f));
        assertThat(turned.energy()).isCloseTo(straight.energy(), within(1e-12));
        double[] expected = Deformations.product(turn, straight.piola());
        for (int q = 0; q < 9; q++) {
            assertThat(turned.piola()[q]).isCloseTo(expected[q], within(1e-9));
        }
        assertThat(turned.pressure()).isCloseTo(straight.pressure(), within(1e-9));
        assertThat(turned.atomStability()).isCloseTo(straight.atomStability(), within(1e-7));
    }

    @Test
    void closedLoopDoesNoWork() {
        double[][] corners = {{0.02, -0.01, 0.005}, {0.02, 0.015, -0.01}, {-0.015, 0.01, 0.01}, {0, 0, 0}};
        HyperelasticResult at = pore.deform(Deformations.none());
        double work = 0;
        int pieces = 24;
        double[] from = Deformations.none();
        for (double[] corner : corners) {
            double[] to = {1 + corner[0], corner[2], 0, 0, 1 + corner[1], 0, 0, 0, 1};
            for (int k = 1; k <= pieces; k++) {
                double[] f = new double[9];
                for (int q = 0; q < 9; q++) {
                    f[q] = from[q] + (to[q] - from[q]) * k / pieces;
                }
                HyperelasticResult next = pore.deform(f, at);
                assertThat(next.outcome()).isEqualTo(HyperelasticOutcome.STABLE);
                for (int q = 0; q < 9; q++) {
                    work += 0.5 * (next.piola()[q] + at.piola()[q]) * (f[q] - at.deformation()[q]);
                }
                at = next;
            }
            from = to;
        }
        assertThat(at.energy()).isCloseTo(0, within(1e-12));
        assertThat(work).isCloseTo(0, within(2e-5));
    }

    @Test
    void beyondInstabilityIsNamedAndTheLastStableStateTold() {
        double[] far = Deformations.stretch(1.4, 1, 1, 0, 0, 0);
        HyperelasticResult at = pore.deform(far);
        assertThat(at.outcome()).isEqualTo(HyperelasticOutcome.BEYOND_INSTABILITY);
        assertThat(at.fraction()).isBetween(0.1, 0.9);
        assertThat(at.explanation()).contains("not reached", "% of the way");
        assertThat(at.asked()).containsExactly(far);
        double strain = Deformations.greenStrain(at.deformation())[0];
        assertThat(strain).isCloseTo(at.fraction() * Deformations.greenStrain(far)[0], within(1e-9));
        // What lies before it is reached, what lies beyond not.
        double near = Math.sqrt(1 + 2 * strain * 0.998);
        double beyond = Math.sqrt(1 + 2 * strain * 1.002);
        assertThat(pore.deform(Deformations.stretch(near, 1, 1, 0, 0, 0)).fraction()).isEqualTo(1);
        assertThat(pore.deform(Deformations.stretch(beyond, 1, 1, 0, 0, 0)).fraction()).isLessThan(1);
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> pore.deform(new double[] {1, 0, 0, 0, -1, 0, 0, 0, 1}))
                .isInstanceOf(StaticsException.class).hasMessageContaining("positive determinant");
        assertThatThrownBy(() -> pore.deform(new double[9])).isInstanceOf(StaticsException.class);
        Atoms cut = atoms(5, new Rectangle(7.0, 15.3, 0, 20.25));
        assertThatThrownBy(() -> HyperelasticCalculator.open(cut, ReferenceCell.Kind.ZERO_STRESS, OPTIONS,
                StaticsProgress.SILENT)).isInstanceOf(StaticsException.class).hasMessageContaining("cut apart along x");
    }

    @Test
    void islandsAreNamedOrDropped() {
        // A ring without atoms, wider than any of them reaches, around some that stay.
        PorousStructure ring = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1), List.of(
                new Rectangle(6, 26.4, 6, 12.9), new Rectangle(6, 26.4, 19.5, 26.4), new Rectangle(6, 12.9, 6, 26.4),
                new Rectangle(19.5, 26.4, 6, 26.4)));
        assertThatThrownBy(() -> HyperelasticCalculator.open(ring.atoms(), ReferenceCell.Kind.ZERO_STRESS, OPTIONS,
                StaticsProgress.SILENT)).isInstanceOf(StaticsException.class)
                .hasMessageContaining("1 islands are not connected").hasMessageContaining("--drop-islands");
        try (HyperelasticCalculator crystal = HyperelasticCalculator.open(ring.atoms(), ReferenceCell.Kind.ZERO_STRESS,
                OPTIONS.withDropIslands(true), StaticsProgress.SILENT)) {
            assertThat(crystal.deform(Deformations.stretch(1.001, 1, 1, 0, 0, 0)).outcome())
                    .isEqualTo(HyperelasticOutcome.STABLE);
        }
    }

    /** Before minutes of relaxation, not after. */
    @Test
    void whatIsTooLargeIsRefusedFirst() {
        Atoms large = new PorousStructure(Lattice.aluminium(), new Cells(34, 34, 1), List.of()).atoms();
        long[] reports = new long[1];
        assertThatThrownBy(() -> HyperelasticCalculator.open(large, ReferenceCell.Kind.ZERO_STRESS, OPTIONS,
                (stage, done, detail) -> {
                    reports[0]++;
                    return true;
                })).isInstanceOf(StaticsException.class).hasMessageContaining("at most 6000 displacements");
        assertThat(reports[0]).isZero();
    }

    @Test
    void givenPeriodKeepsItAndThePlaneIsFree() {
        ReferenceCell cell = ReferenceCell.of(PORE, ReferenceCell.Kind.GIVEN_PERIOD, OPTIONS, StaticsProgress.SILENT);
        assertThat(cell.atoms().cell().get(2, 2)).isEqualTo(4.05);
        // 1 - 0.0049452 and E0 = -319.984299 eV by a program of its own.
        assertThat(cell.stretch()[0]).isCloseTo(0.99505482, within(1e-7));
        assertThat(cell.energy()).isCloseTo(-319.9842987, within(1e-6));
        try (HyperelasticCalculator plane = HyperelasticCalculator.of(cell, OPTIONS)) {
            HyperelasticResult rest = plane.deform(Deformations.none());
            assertThat(rest.piola()[0]).isCloseTo(0, within(1e-8));
            assertThat(rest.piola()[8]).isNotCloseTo(0, within(1e-2));
            assertThat(rest.tangent()[0]).isCloseTo(101.94695, within(1e-3));
            assertThat(rest.tangent()[4]).isCloseTo(53.99913, within(1e-3));
        }
    }

    private static double[] near(Random random, double size) {
        double[] f = Deformations.none();
        for (int q = 0; q < 9; q++) {
            f[q] += size * (2 * random.nextDouble() - 1);
        }
        return f;
    }

    private static double[] moved(double[] f, int component, double by) {
        double[] g = f.clone();
        g[component] += by;
        return g;
    }
}
