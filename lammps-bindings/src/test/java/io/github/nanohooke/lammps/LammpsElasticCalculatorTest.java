// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static io.github.nanohooke.lammps.LammpsCases.ACCURACY;
import static io.github.nanohooke.lammps.LammpsCases.aluminium;
import static io.github.nanohooke.lammps.LammpsCases.calculate;
import static io.github.nanohooke.lammps.LammpsCases.relaxedSkew;
import static io.github.nanohooke.lammps.LammpsCases.skewPore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RequireLammps.class)
class LammpsElasticCalculatorTest {

    // Mishin et al. 1999: a0 4.05 Å, cohesive energy -3.36 eV, C11 113.8, C12 61.6, C44 31.6 GPa.
    @ParameterizedTest(name = "{0} x {1} x {2} cells")
    @CsvSource({"3, 3, 1", "2, 3, 4"})
    void thePerfectCrystalHasThePotentialsConstants(int x, int y, int z) {
        Atoms atoms = aluminium(x, y, z);
        StaticsResult result = calculate(atoms);

        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
        assertThat(result.energy() / atoms.count()).isCloseTo(-3.3600, within(1e-4));
        assertThat(result.tensor().distance(ElasticTensor.cubic(113.796, 61.555, 31.595))).isLessThan(ACCURACY);
        assertThat(result.symmetryResidual()).isLessThan(0.01);
        assertThat(result.relaxed().cell().length(0)).isCloseTo(4.05 * x, within(1e-3));
    }

    @Test
    void whatLammpsMinimisersDoNotDoIsRefused() {
        List<StaticsOptions> asked = List.of(StaticsOptions.defaults().withPeriods(Periods.CERTIFIED),
                StaticsOptions.defaults().withPeriods(Periods.THREE), StaticsOptions.defaults().withDropIslands(true));
        try (ElasticCalculator lammps = ElasticCalculators.open("lammps")) {
            assertThat(asked).allSatisfy(options -> {
                assertThatThrownBy(() -> lammps.calculate(aluminium(3, 3, 1), options, StaticsProgress.SILENT))
                        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("method hessian");
                assertThat(ElasticCalculators.provider("lammps").objection(options)).isPresent();
            });
        }
        assertThat(ElasticCalculators.choose(aluminium(3, 3, 1),
                StaticsOptions.defaults().withMinimiser(Minimiser.FIRE))).isEqualTo("lammps");
    }

    /** Turned about z and x, left-handed, by vectors far longer than they need be. */
    @Test
    void aCellInAnyAxesHasItsTensorInThem() {
        double[][] turn = turn(0.4, -1.1);
        double h = 4.05 / 2;
        Cell textbook = Cell.of(new double[][] {{0, h, h}, {h, 0, h}, {h, h, 0}});
        double[][] rows = textbook.transformed(turn).rows();
        for (int d = 0; d < 3; d++) {
            rows[1][d] += 3 * rows[0][d];
            rows[2][d] *= -1;
        }
        StaticsResult primitive = calculate(Atoms.of("Al", Cell.of(rows), new double[] {0.3, 0.1, 0.2}));
        ElasticTensor cubic = ElasticTensor.cubic(113.796, 61.555, 31.595);
        assertThat(primitive.tensor().distance(cubic.rotated(turn))).isLessThan(ACCURACY);
        assertThat(primitive.relaxed().cell().isLeftHanded()).isEqualTo(Cell.of(rows).isLeftHanded());

        Atoms porous = aluminium(6, 5, 1, skewPore());
        StaticsResult upright = calculate(porous);
        double[] p = porous.positions();
        for (int i = 0; i < p.length; i += 3) {
            double[] old = {p[i], p[i + 1], p[i + 2]};
            for (int d = 0; d < 3; d++) {
                p[i + d] = turn[d][0] * old[0] + turn[d][1] * old[1] + turn[d][2] * old[2];
            }
        }
        StaticsResult turned = calculate(porous.moved(porous.cell().transformed(turn), p));
        assertThat(turned.tensor().distance(upright.tensor().rotated(turn))).isLessThan(0.01);
    }

    private static double[][] turn(double aboutZ, double aboutX) {
        double c = Math.cos(aboutZ);
        double s = Math.sin(aboutZ);
        double cx = Math.cos(aboutX);
        double sx = Math.sin(aboutX);
        return new double[][] {{c, -s, 0}, {cx * s, cx * c, -sx}, {sx * s, sx * c, cx}};
    }

    /** Eleven per cent too wide the energy curves downwards along every strain; downhill it still goes. */
    @Test
    void aCrystalFarFromItsMinimumIsRelaxedToIt() {
        PorousStructure wide = PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, 4.5), new Cells(4, 4, 1));
        StaticsResult result = calculate(wide.atoms());
        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.relaxed().cell().length(0)).isCloseTo(4 * 4.05, within(1e-3));
        assertThat(result.tensor().distance(ElasticTensor.cubic(113.796, 61.555, 31.595))).isLessThan(ACCURACY);
    }

    // The paper's fig. 4, converged: constants measured independently with plain LAMMPS.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "fig4-1,  97.316, 104.150, 49.488, 51.744, 29.560, 27.210, 67.192",
        "fig4-4,  98.623, 104.976, 50.693, 52.828, 30.090, 27.634, 68.324",
        "fig4-16, 102.059, 107.477, 54.143, 56.120, 31.212, 28.238, 71.595"})
    void theBoxesOfFigure4(String name, double c11, double c33, double c12, double c13, double c44, double c66,
            double bulk) {
        Atoms atoms = ReferenceStructures.fig4(1).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow()
                .structure().atoms();
        theBoxesOfFigure4(atoms, Minimiser.CG_FIRE, c11, c33, c12, c13, c44, c66, bulk);
        theBoxesOfFigure4(atoms, Minimiser.PRECONDITIONED, c11, c33, c12, c13, c44, c66, bulk);
    }

    private static void theBoxesOfFigure4(Atoms atoms, Minimiser minimiser, double c11, double c33, double c12,
            double c13, double c44, double c66, double bulk) {
        StaticsResult result = calculate(atoms, StaticsOptions.defaults().withMinimiser(minimiser));
        ElasticTensor expected = ElasticConstants.toTensor(
                new double[] {c11, c11, c33, c12, c13, c13, c44, c44, c66, 0, 0, 0, 0});

        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().distance(expected)).as(result.tensor().toString()).isLessThan(ACCURACY);
        assertThat(result.tensor().bulkModulus()).isCloseTo(bulk, within(0.01));
        assertThat(result.residualStress()).isLessThan(1e-5);
        assertThat(result.maxForce()).isLessThan(1e-5);
    }

    @Test
    void aTiltedCellHasASymmetricTensorThatTurnsAndStaysWithTheStructure() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsResult result = relaxedSkew();
        Box box = RestrictedFrame.of(result.relaxed().cell()).box();

        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(Math.abs(box.xy())).isGreaterThan(0.01);
        assertThat(result.symmetryResidual()).isLessThan(0.01);

        double[] moved = atoms.positions();
        for (int i = 0; i < moved.length; i += 3) {
            moved[i] += 7.3;
            moved[i + 1] -= 31.1;
            moved[i + 2] += 0.9;
        }
        StaticsResult shifted = calculate(atoms.moved(atoms.cell(), moved));
        assertThat(shifted.tensor().distance(result.tensor())).isLessThan(0.01);

        StaticsResult turned = calculate(SquareSymmetry.QUARTER_TURN.apply(atoms));
        assertThat(turned.tensor().distance(result.tensor().transformed(SquareSymmetry.QUARTER_TURN)))
                .isLessThan(0.01);
        assertThat(turned.tensor().distance(result.tensor())).isGreaterThan(1);
    }

    @Test
    void theResultKeepsTheOrderAndTheImagesOfTheAtoms() {
        Atoms atoms = aluminium(5, 5, 1, new Rectangle(5, 11, 5, 11));
        double[] away = atoms.positions();
        int[] order = new int[atoms.count()];
        double[] shuffled = new double[away.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
            for (int k = 0; k < 3; k++) {
                shuffled[3 * i + k] = away[3 * order[i] + k] + (i % 3 - 1) * (k == 2 ? 4.05 : 20.25);
            }
        }
        StaticsResult plain = calculate(atoms);
        StaticsResult other = calculate(Atoms.of("Al", atoms.cell(), shuffled));

        assertThat(other.tensor().distance(plain.tensor())).isLessThan(0.01);
        Box box = RestrictedFrame.of(other.relaxed().cell()).box();
        for (int i = 0; i < order.length; i++) {
            assertThat(other.relaxed().x(i) - (i % 3 - 1) * box.lx()).isCloseTo(plain.relaxed().x(order[i]),
                    within(1e-3));
            assertThat(other.relaxed().z(i) - (i % 3 - 1) * box.lz()).isCloseTo(plain.relaxed().z(order[i]),
                    within(1e-3));
        }
    }

    @Test
    void halvesThatDoNotTouchAreDisconnected() {
        // Two slits along y, each wider than the potential's reach of 6.29 Å.
        StaticsResult result = calculate(aluminium(9, 3, 1, new Rectangle(5.1, 14, 0, 12.15),
                new Rectangle(23, 33, 0, 12.15)));

        assertThat(result.outcome()).isEqualTo(Outcome.DISCONNECTED);
        assertThat(result.disconnected()).containsExactly("x");
        assertThat(result.explanation()).contains("cut along x", "meets no resistance");
        for (int row : new int[] {0, 4, 5}) {
            assertThat(result.tensor().toArray()[row]).containsOnly(0);
        }
        assertThat(result.tensor().get(1, 1)).isGreaterThan(10);
        assertThat(result.converged()).isTrue();
    }

    @Test
    void twoAtomsAtOnePlaceAreRefused() {
        Atoms atoms = aluminium(3, 3, 1);
        double[] positions = atoms.positions();
        positions[3] = positions[0] - 0.1;
        positions[4] = positions[1] + 12.15;
        positions[5] = positions[2];
        assertThatThrownBy(() -> calculate(atoms.moved(atoms.cell(), positions)))
                .isInstanceOf(StructureException.class)
                .hasMessageContaining("atoms 0 and 1").hasMessageContaining("0.100 Å apart");
    }

    @Test
    void theTensorDoesNotDependOnTheStrain() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsResult usual = relaxedSkew();
        StaticsResult small = calculate(atoms, StaticsOptions.defaults().withStrain(5e-6));
        StaticsResult large = calculate(atoms, StaticsOptions.defaults().withStrain(2e-4));

        assertThat(small.tensor().distance(usual.tensor())).isLessThan(ACCURACY);
        // Larger strains carry pairs over knots of the tabulated splines, whose second derivatives jump there; in a
        // cell of 100 atoms that does not average out.
        assertThat(large.tensor().distance(usual.tensor())).isLessThan(0.1);
    }

    @Test
    void startedFromRelaxedAtomsItMeasuresThatMinimum() {
        StaticsResult first = relaxedSkew();
        StaticsResult again = calculate(first.relaxed());

        assertThat(again.energy()).isCloseTo(first.energy(), within(1e-9));
        assertThat(again.tensor().distance(first.tensor())).isLessThan(0.01);
        assertThat(again.evaluations()).isLessThan(first.evaluations());
    }

    @Test
    void aListenerHearsTheStagesInOrderAndCanStopAtEachOfThem() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        List<String> stages = new ArrayList<>();
        List<Double> fractions = new ArrayList<>();
        try (ElasticCalculator calculator = ElasticCalculators.open("lammps")) {
            calculator.calculate(atoms, StaticsOptions.defaults(), (stage, fraction, detail) -> {
                stages.add(stage);
                fractions.add(fraction);
                return true;
            });
            assertThat(stages).startsWith("relax").contains("strain +xx", "strain -xy");
            assertThat(fractions).isSorted().allMatch(f -> f >= 0 && f <= 1);

            for (int stopAt : new int[] {1, stages.indexOf("strain -yy") + 1}) {
                AtomicInteger calls = new AtomicInteger();
                assertThatThrownBy(() -> calculator.calculate(atoms, StaticsOptions.defaults(),
                        (stage, fraction, detail) -> calls.incrementAndGet() < stopAt))
                        .isInstanceOf(CancellationException.class).hasMessageContaining("stopped on request");
                assertThat(calls).hasValue(stopAt);
            }
            assertThat(calculator.calculate(aluminium(2, 2, 2), StaticsOptions.defaults(), StaticsProgress.SILENT)
                    .outcome()).isEqualTo(Outcome.STABLE);
        }
    }

    @Test
    void aClosedCalculatorSaysSo() {
        ElasticCalculator calculator = ElasticCalculators.open("lammps");
        calculator.close();
        calculator.close();
        assertThatThrownBy(() -> calculator.calculate(aluminium(2, 2, 2), StaticsOptions.defaults(),
                StaticsProgress.SILENT)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }
}
