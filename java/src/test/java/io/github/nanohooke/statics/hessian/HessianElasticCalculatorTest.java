// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.MinimaSpread;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.structure.source.StructureSources;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Hessian route against known values and against what must not change its answer. */
class HessianElasticCalculatorTest {
    /** C11=C22, C33, C12, C13=C23, C44=C55, C66 of the three boxes, converged with plain LAMMPS [GPa]. */
    private static final double[][] FIG4 = {
        {97.316, 104.150, 49.488, 51.744, 29.560, 27.210},
        {98.623, 104.976, 50.693, 52.828, 30.090, 27.634},
        {102.059, 107.477, 54.143, 56.120, 31.212, 28.238}
    };
    private static final double AGREES = 0.02;
    private static ElasticCalculator calculator;

    @BeforeAll
    static void open() {
        calculator = ElasticCalculators.open("hessian");
    }

    @AfterAll
    static void close() {
        calculator.close();
    }

    @Test
    void perfectCrystal() {
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), new Cells(4, 4, 1)).atoms();
        StaticsResult result = calculate(crystal);
        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().get(0, 0)).isCloseTo(113.80, within(AGREES));
        assertThat(result.tensor().get(0, 1)).isCloseTo(61.56, within(AGREES));
        assertThat(result.tensor().get(3, 3)).isCloseTo(31.60, within(AGREES));
        assertThat(result.energy() / crystal.count()).isCloseTo(-3.3600, within(1e-4));
    }

    @Test
    void boxesOfFig4() {
        List<ReferenceStructures.Named> boxes = ReferenceStructures.fig4();
        for (int box = 0; box < FIG4.length; box++) {
            StaticsResult result = calculate(boxes.get(box).structure().atoms());
            double[] c = ElasticConstants.of(result.tensor());
            double[] e = FIG4[box];
            double[] expected = {e[0], e[0], e[1], e[2], e[3], e[3], e[4], e[4], e[5], 0, 0, 0, 0};
            for (int i = 0; i < expected.length; i++) {
                assertThat(c[i]).as(boxes.get(box).name() + " " + ElasticConstants.names().get(i))
                        .isCloseTo(expected[i], within(AGREES));
            }
            assertThat(result.relaxed().count()).isEqualTo(4608);
            assertThat(result.stability().orElseThrow().certificate()).isTrue();
        }
    }

    @Test
    void oneCellStandsForThree() {
        PorousStructure small = tilted(3);
        StaticsResult stacked = calculate(small.atoms());
        StaticsResult whole = calculator.calculate(small.atoms(),
                StaticsOptions.defaults().withPeriods(Periods.ONE), StaticsProgress.SILENT);
        assertThat(stacked.stability().orElseThrow().path()).isEqualTo("planar");
        assertThat(whole.stability().orElseThrow().path()).isEqualTo("general");
        assertThat(stacked.energy()).isCloseTo(whole.energy(), within(1e-6));
        assertThat(stacked.tensor().distance(whole.tensor())).isLessThan(2e-3);
        assertThat(stacked.relaxed().count()).isEqualTo(small.atoms().count());
        for (int i = 0; i < stacked.relaxed().count(); i++) {
            // Same atom, same place, up to the drift of the whole crystal.
            assertThat(stacked.relaxed().z(i)).isCloseTo(small.atoms().z(i), within(0.2));
        }
    }

    @Test
    void whereOneCellDoesNotStandForThreeTheCertifiedOneIsRefused() {
        PorousStructure thinWalls = StructureSources.of("rectangles").draw(3, 0, Lattice.aluminium(),
                new Cells(20, 20, 1)).structure();
        StaticsOptions options = StaticsOptions.defaults();
        StaticsResult one = calculator.calculate(thinWalls.atoms(), options.withPeriods(Periods.ONE),
                StaticsProgress.SILENT);
        StaticsResult certified = calculator.calculate(thinWalls.atoms(), options.withPeriods(Periods.CERTIFIED),
                StaticsProgress.SILENT);
        assertThat(one.outcome()).isEqualTo(Outcome.STABLE);
        assertThat(certified.outcome()).isEqualTo(Outcome.UNSTABLE);
        assertThat(certified.stability().orElseThrow().path()).isEqualTo("planar");
        assertThat(certified.explanation()).contains("one cell along z is not stable against a period of three");
        StaticsResult stacked = calculator.calculate(StructureSources.of("rectangles").draw(3, 0, Lattice.aluminium(),
                new Cells(20, 20, 3)).structure().atoms(), options.withPeriods(Periods.CERTIFIED),
                StaticsProgress.SILENT);
        assertThat(stacked.outcome()).isEqualTo(Outcome.UNSTABLE);
        assertThat(stacked.explanation()).contains("one cell along z is not stable against a period of three");
        // Where the certificate holds, nothing is different.
        Atoms pore = tilted(1).atoms();
        assertThat(calculator.calculate(pore, options.withPeriods(Periods.CERTIFIED), StaticsProgress.SILENT).tensor())
                .isEqualTo(calculator.calculate(pore, options, StaticsProgress.SILENT).tensor());
    }

    @ParameterizedTest
    @EnumSource(SquareSymmetry.class)
    void turningTheStructureTurnsTheTensor(SquareSymmetry symmetry) {
        Atoms atoms = tilted(1).atoms();
        StaticsResult before = calculate(atoms);
        ElasticTensor expected = before.tensor().transformed(symmetry);
        assertThat(calculate(symmetry.apply(atoms)).tensor().distance(expected)).isLessThan(2e-3);
    }

    @Test
    void movingTheStructureChangesNothing() {
        Atoms atoms = tilted(1).atoms();
        double[] moved = atoms.positions();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += i % 3 == 0 ? 7.3 : i % 3 == 1 ? -11.9 : 0;
        }
        assertThat(calculate(atoms.moved(atoms.cell(), moved)).tensor().distance(calculate(atoms).tensor()))
                .isLessThan(2e-3);
    }

    @Test
    void aSlabIsDisconnectedAcrossAndHasExactZerosThere() {
        PorousStructure halves = new PorousStructure(Lattice.aluminium(), new Cells(5, 6, 1),
                List.of(new Rectangle(0, 20.25, 5, 16)));
        StaticsResult result = calculate(halves.atoms());
        assertThat(result.outcome()).isEqualTo(Outcome.DISCONNECTED);
        assertThat(result.outcome().isSound()).isTrue();
        assertThat(result.disconnected()).containsExactly("y");
        ElasticTensor c = result.tensor();
        for (int row : new int[] {1, 3, 5}) {
            assertThat(c.toArray()[row]).containsOnly(0);
        }
        assertThat(c.get(0, 0)).isBetween(40.0, 70.0);
        assertThat(c.get(2, 2)).isGreaterThan(40);
        assertThat(c.eigenvalues()[0]).isCloseTo(0, within(1e-12));
        // The mirrored slab is cut along x.
        StaticsResult other = calculate(SquareSymmetry.MIRROR_DIAGONAL.apply(halves.atoms()));
        assertThat(other.disconnected()).containsExactly("x");
        assertThat(other.tensor().distance(c.transformed(SquareSymmetry.MIRROR_DIAGONAL))).isLessThan(1e-4);
    }

    /** Two crossed slots leave one rod a cell, which touches nothing: it carries stress along z alone. */
    @Test
    void rodsAreDisconnectedAlongXAndY() {
        PorousStructure rods = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1),
                List.of(new Rectangle(0, 32.4, 10, 22), new Rectangle(10, 22, 0, 32.4)));
        StaticsResult result = calculate(rods.atoms());
        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.DISCONNECTED);
        assertThat(result.disconnected()).containsExactly("x", "y");
        double[] c = ElasticConstants.of(result.tensor());
        for (int i = 0; i < c.length; i++) {
            if (i == 2) {
                assertThat(c[i]).isBetween(15.0, 60.0);
            } else {
                assertThat(c[i]).isZero();
            }
        }
    }

    /** A bare slab with vacuum on the general path: the regularised Hessian leaves a residue where zeros belong. */
    @Test
    void aSlabOfAtomsIsDisconnectedHoweverItIsTold() {
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), new Cells(6, 4, 2)).atoms();
        int kept = 0;
        double[] p = new double[3 * crystal.count()];
        for (int i = 0; i < crystal.count(); i++) {
            if (crystal.x(i) < 2.6 * 4.05) {
                p[kept++] = crystal.x(i);
                p[kept++] = crystal.y(i);
                p[kept++] = crystal.z(i);
            }
        }
        Atoms slab = Atoms.of("Al", crystal.cell(), Arrays.copyOf(p, kept));
        StaticsResult upright = calculate(slab);
        assertThat(upright.outcome()).as(upright.explanation()).isEqualTo(Outcome.DISCONNECTED);
        assertThat(upright.disconnected()).containsExactly("x");
        assertThat(upright.tensor().toArray()[0]).containsOnly(0);
        // Nothing holds a: it is the given one, and constants are per volume of that cell. Twice the vacuum, half of
        // it.
        assertThat(upright.relaxed().cell().rows()[0]).containsExactly(slab.cell().rows()[0], within(1e-9));
        assertThat(upright.relaxed().cell().rows()[1]).containsExactly(new double[] {0,
            upright.relaxed().cell().length(1), 0}, within(1e-6));
        StaticsResult wide = calculate(slab.moved(slab.cell().scaled(2, 1, 1), slab.positions()));
        assertThat(wide.tensor().get(1, 1)).isCloseTo(upright.tensor().get(1, 1) / 2, within(1e-4));
        double[][] rows = slab.cell().rows();
        for (int d = 0; d < 3; d++) {
            rows[1][d] += rows[0][d];
        }
        StaticsResult sheared = calculate(slab.moved(Cell.of(rows), slab.positions()));
        assertThat(sheared.disconnected()).containsExactly("x");
        assertThat(calculate(crystal).disconnected()).isEmpty();
    }

    @Test
    void theEvaluationsAllowedBindHereToo() {
        StaticsResult result = calculator.calculate(tilted(1).atoms(), StaticsOptions.defaults().withMaxEvaluations(2),
                StaticsProgress.SILENT);
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_CONVERGED);
        assertThat(result.explanation()).contains("the iterations allowed were used up");
    }

    /** What did not converge says why, and what is known of its tensor. */
    @Test
    void aRelaxationThatMayNotGoOnSaysSo() {
        StaticsResult result = calculator.calculate(tilted(1).atoms(),
                StaticsOptions.defaults().withForceTolerance(1e-14).withStressTolerance(1e-14), StaticsProgress.SILENT);
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_CONVERGED);
        assertThat(result.explanation()).contains("because");
        assertThat(result.tensor().distance(calculate(tilted(1).atoms()).tensor())).isLessThan(2e-3);
    }

    @Test
    void refusesWhatItCannotDo() {
        Atoms copper = PorousStructure.perfect(new Lattice("Cu", Lattice.Kind.FCC, 3.6), new Cells(3, 3, 1)).atoms();
        assertThatThrownBy(() -> calculate(copper)).isInstanceOf(PotentialException.class).hasMessageContaining("Cu");
        StaticsOptions pairStyle = StaticsOptions.defaults()
                .withPotential(Potential.pairStyle("lj/cut 8.0", List.of("1 1 0.4 2.6")));
        assertThatThrownBy(() -> calculator.calculate(copper, pairStyle, StaticsProgress.SILENT))
                .isInstanceOf(PotentialException.class).hasMessageContaining("lj/cut");
    }

    @Test
    void stopsWhenAsked() {
        assertThatThrownBy(() -> calculator.calculate(tilted(1).atoms(), StaticsOptions.defaults(),
                (stage, fraction, detail) -> false)).isInstanceOf(CancellationException.class);
    }

    @Test
    void anExceptionOfTheListenerComesBackAsItIs() {
        IllegalStateException thrown = new IllegalStateException("listener");
        assertThatThrownBy(() -> calculator.calculate(tilted(1).atoms(), StaticsOptions.defaults(),
                (stage, fraction, detail) -> {
                    throw thrown;
                })).isSameAs(thrown);
        assertThat(calculate(tilted(1).atoms()).outcome()).isEqualTo(Outcome.STABLE);
    }

    @Test
    void isClosedOnce() {
        ElasticCalculator mine = ElasticCalculators.open("hessian");
        mine.close();
        mine.close();
        assertThatThrownBy(() -> mine.calculate(tilted(1).atoms(), StaticsOptions.defaults(), StaticsProgress.SILENT))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void aStartFromItsOwnMinimumStaysThere() {
        StaticsResult first = calculate(tilted(1).atoms());
        StaticsResult again = calculate(first.relaxed());
        assertThat(again.energy()).isCloseTo(first.energy(), within(1e-7));
        assertThat(again.tensor().distance(first.tensor())).isLessThan(2e-3);
        MinimaSpread spread = MinimaSpread.measure(calculator, tilted(1).atoms(), StaticsOptions.defaults(), 3,
                StaticsProgress.SILENT);
        assertThat(spread.stable()).isEqualTo(3);
        assertThat(spread.largest()).isLessThan(2e-3);
    }

    private static StaticsResult calculate(Atoms atoms) {
        return calculator.calculate(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT);
    }

    /** A box without any symmetry in the plane, so that it relaxes to a tilted cell. */
    private static PorousStructure tilted(int cellsAlongZ) {
        return new PorousStructure(Lattice.aluminium(), new Cells(8, 8, cellsAlongZ),
                List.of(Polygon.of(new double[] {6, 6}, new double[] {20, 9}, new double[] {11, 22})));
    }
}
