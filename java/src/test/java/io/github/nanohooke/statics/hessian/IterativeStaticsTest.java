// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The route without a factor of the Hessian, as large systems take it, against the one with it. */
class IterativeStaticsTest {
    /** GPa. */
    private static final double SAME = 2e-3;
    private static ElasticCalculator direct;
    private static ElasticCalculator iterative;

    @BeforeAll
    static void open() {
        direct = ElasticCalculators.open("hessian");
        iterative = ElasticCalculators.open("iterative");
    }

    @AfterAll
    static void close() {
        direct.close();
        iterative.close();
    }

    @Test
    void theSameMinimumAndTensorInTheSameAxes() {
        Atoms atoms = tilted(8, 1);
        StaticsResult one = calculate(direct, atoms);
        StaticsResult other = calculate(iterative, atoms);
        requireSame(one, other);
        assertThat(one.method()).isEqualTo("hessian");
        assertThat(other.method()).isEqualTo("iterative");
        StabilityReport known = other.stability().orElseThrow();
        assertThat(one.stability().orElseThrow().solver()).isEqualTo("direct");
        assertThat(known.solver()).isEqualTo("iterative");
        assertThat(known.path()).isEqualTo("planar");
        assertThat(known.certificate()).isTrue();
        assertThat(known.smallestPivot()).isNaN();
        assertThat(known.smallestRitz()).isBetween(0.01, 1.0);
        assertThat(known.certificateRitz()).isBetween(0.01, 1.0);
        assertThat(known.missChance()).isPositive().isLessThan(1e-8);
        assertThat(known.linearResidual()).isPositive().isLessThan(1e-7);
        assertThat(other.explanation()).contains("iterations", "Ritz");
        assertThat(other.tables().orElseThrow().smooth().distance(one.tables().orElseThrow().smooth()))
                .isLessThan(SAME);
        for (int i = 0; i < atoms.count(); i++) {
            assertThat(other.relaxed().x(i)).isCloseTo(one.relaxed().x(i), within(1e-3));
            assertThat(other.relaxed().y(i)).isCloseTo(one.relaxed().y(i), within(1e-3));
        }
    }

    @Test
    void aStackOfThreeAndAllItsFreedoms() {
        Atoms box = ReferenceStructures.fig4().get(2).structure().atoms();
        requireSame(calculate(direct, box), calculate(iterative, box));
        Atoms atoms = tilted(8, 2);
        StaticsOptions whole = StaticsOptions.defaults().withPeriods(Periods.ONE);
        double[] moved = atoms.positions();
        moved[2] += 0.01;
        Atoms general = atoms.moved(atoms.cell(), moved);
        StaticsResult result = iterative.calculate(general, whole, StaticsProgress.SILENT);
        assertThat(result.stability().orElseThrow().path()).isEqualTo("general");
        requireSame(direct.calculate(general, whole, StaticsProgress.SILENT), result);
    }

    @Test
    void turnedAndShuffledItIsTheSame() {
        Atoms atoms = tilted(8, 1);
        StaticsResult before = calculate(iterative, atoms);
        SquareSymmetry turn = SquareSymmetry.MIRROR_DIAGONAL;
        assertThat(calculate(iterative, turn.apply(atoms)).tensor().distance(before.tensor().transformed(turn)))
                .isLessThan(SAME);
        double[] p = atoms.positions();
        double[] shuffled = new double[p.length];
        int n = atoms.count();
        for (int i = 0; i < n; i++) {
            // 7 and n have no common divisor: every atom once.
            System.arraycopy(p, 3 * (int) ((7L * i + 3) % n), shuffled, 3 * i, 3);
        }
        assertThat(n % 7).isNotZero();
        StaticsResult after = calculate(iterative, Atoms.of("Al", atoms.cell(), shuffled));
        assertThat(after.energy()).isCloseTo(before.energy(), within(1e-6));
        assertThat(after.tensor().distance(before.tensor())).isLessThan(SAME);
    }

    @Test
    void aSlabIsDisconnectedHereToo() {
        Atoms halves = new PorousStructure(Lattice.aluminium(), new Cells(6, 6, 1),
                List.of(new Rectangle(0, 24.3, 5, 16))).atoms();
        StaticsResult result = calculate(iterative, halves);
        assertThat(result.outcome()).isEqualTo(Outcome.DISCONNECTED);
        assertThat(result.disconnected()).containsExactly("y");
        assertThat(result.tensor().distance(calculate(direct, halves).tensor())).isLessThan(SAME);
    }

    /** Walls of two cells about a large pore. */
    @Test
    void thinWallsFindTheSameMinimum() {
        Atoms thin = new PorousStructure(Lattice.aluminium(), new Cells(6, 6, 1),
                List.of(new Rectangle(4, 20, 4, 20))).atoms();
        requireSame(calculate(direct, thin), calculate(iterative, thin));
    }

    @Test
    void saysHowFarItIsAndStopsWhenAsked() {
        List<String> told = new ArrayList<>();
        iterative.calculate(tilted(8, 1), StaticsOptions.defaults(), (stage, fraction, detail) -> told.add(detail));
        assertThat(told).anySatisfy(text -> assertThat(text).contains("largest force", "stress"));
        assertThatThrownBy(() -> iterative.calculate(tilted(8, 1), StaticsOptions.defaults(),
                (stage, fraction, detail) -> false)).isInstanceOf(CancellationException.class);
    }

    private static void requireSame(StaticsResult one, StaticsResult other) {
        assertThat(other.outcome()).as(other.explanation()).isEqualTo(one.outcome());
        assertThat(other.energy()).isCloseTo(one.energy(), within(1e-6));
        assertThat(other.tensor().distance(one.tensor())).isLessThan(SAME);
        assertThat(other.residualStress()).isLessThan(1e-5);
        for (int v = 0; v < 3; v++) {
            assertThat(other.relaxed().cell().rows()[v]).containsExactly(one.relaxed().cell().rows()[v], within(1e-4));
        }
    }

    private static StaticsResult calculate(ElasticCalculator calculator, Atoms atoms) {
        return calculator.calculate(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT);
    }

    private static Atoms tilted(int cells, int cellsAlongZ) {
        return new PorousStructure(Lattice.aluminium(), new Cells(cells, cells, cellsAlongZ),
                List.of(Polygon.of(new double[] {6, 6}, new double[] {20, 9}, new double[] {11, 22}))).atoms();
    }
}
