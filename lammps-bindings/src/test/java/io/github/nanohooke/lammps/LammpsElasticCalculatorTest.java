// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.statics.potential.PotentialFileException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RequireLammps.class)
class LammpsElasticCalculatorTest {
    /** What this route claims of each constant [GPa]. */
    private static final double ACCURACY = 0.02;

    private static StaticsResult calculate(Atoms atoms) {
        return calculate(atoms, StaticsOptions.defaults());
    }

    private static StaticsResult calculate(Atoms atoms, StaticsOptions options) {
        try (ElasticCalculator calculator = ElasticCalculators.open("lammps")) {
            return calculator.calculate(atoms, options, StaticsProgress.SILENT);
        }
    }

    private static Atoms aluminium(int x, int y, int z, Pore... pores) {
        return new PorousStructure(Lattice.aluminium(), new Cells(x, y, z), List.of(pores)).atoms();
    }

    /** A pore without any symmetry: the relaxed cell is tilted. */
    private static Pore skewPore() {
        return Polygon.of(new double[][] {{5.1, 5.2}, {18.0, 7.1}, {8.3, 15.2}});
    }

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
        StaticsResult result = calculate(atoms);
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
    void aBudgetThatIsTooSmallIsNoTensor() {
        StaticsResult result = calculate(aluminium(6, 5, 1, skewPore()), StaticsOptions.defaults()
                .withMaxEvaluations(20));

        assertThat(result.outcome()).isEqualTo(Outcome.NOT_CONVERGED);
        assertThat(result.tensor()).isNull();
        assertThat(result.explanation()).contains("of at most 20 evaluations");
        assertThat(result.maxForce()).isGreaterThan(1e-5);
    }

    @Test
    void aBudgetThatEndsAmongTheStrainedCellsIsNotConverged() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        long whole = calculate(atoms, StaticsOptions.defaults().withStrain(2e-5)).evaluations();
        long relaxation;
        try (LammpsElasticCalculator calculator = new LammpsElasticCalculator()) {
            relaxation = calculator.relax(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT).evaluations();
        }
        StaticsResult result = calculate(atoms, StaticsOptions.defaults()
                .withMaxEvaluations((int) (relaxation + whole) / 2));

        assertThat(result.outcome()).isEqualTo(Outcome.NOT_CONVERGED);
        assertThat(result.explanation()).contains("a strained cell kept a force of", "larger strain");
    }

    @ParameterizedTest
    @EnumSource(Minimiser.class)
    void everyMinimiserFindsTheSameMinimum(Minimiser minimiser) {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsResult expected = calculate(atoms);
        StaticsResult result = calculate(atoms, StaticsOptions.defaults().withMinimiser(minimiser));

        assertThat(result.energy()).isCloseTo(expected.energy(), within(1e-6));
        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().distance(expected.tensor())).isLessThan(ACCURACY);
    }

    @Test
    void thePreconditionedDescentTurnsAndMovesWithTheStructureAndNeedsAFractionOfTheEvaluations() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsOptions options = StaticsOptions.defaults().withMinimiser(Minimiser.PRECONDITIONED);
        StaticsResult usual = calculate(atoms);
        StaticsResult result = calculate(atoms, options);

        assertThat(result.tensor().distance(usual.tensor())).isLessThan(0.01);
        assertThat(result.residualStress()).isLessThan(1e-5);
        assertThat(result.maxForce()).isLessThan(1e-5);
        assertThat(result.evaluations()).isLessThan(usual.evaluations() / 2);

        double[] moved = atoms.positions();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += 7.3;
        }
        StaticsResult shifted = calculate(atoms.moved(atoms.cell(), moved), options);
        assertThat(shifted.tensor().distance(result.tensor())).isLessThan(0.01);

        StaticsResult turned = calculate(SquareSymmetry.QUARTER_TURN.apply(atoms), options);
        assertThat(turned.tensor().distance(result.tensor().transformed(SquareSymmetry.QUARTER_TURN)))
                .isLessThan(0.01);
    }

    @Test
    void thePreconditionedDescentKeepsItsBudgetAndStopsOnRequest() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsOptions options = StaticsOptions.defaults().withMinimiser(Minimiser.PRECONDITIONED);
        long needed = calculate(atoms, options).evaluations();
        for (long budget : new long[] {1, needed / 4, needed / 2}) {
            StaticsResult cut = calculate(atoms, options.withMaxEvaluations((int) budget));
            assertThat(cut.outcome()).isEqualTo(Outcome.NOT_CONVERGED);
            assertThat(cut.evaluations()).isLessThan(budget + 20);
        }
        AtomicInteger calls = new AtomicInteger();
        try (ElasticCalculator calculator = ElasticCalculators.open("lammps")) {
            assertThatThrownBy(() -> calculator.calculate(atoms, options, (stage, fraction, detail) ->
                    calls.incrementAndGet() < 10)).isInstanceOf(CancellationException.class);
        }
        assertThat(calls).hasValue(10);
    }

    /** Descent in symmetric steps alone ends at -2178.934 eV, from where a column slips aside. */
    @Test
    void aSaddleIsLeft() {
        Atoms atoms = RandomStructures.sample(RandomStructures.Kind.MIXED, 77, 34, Lattice.aluminium(),
                new Cells(20, 20, 1), RandomStructures.Sizes.defaults()).atoms();
        StaticsResult result = calculate(atoms, StaticsOptions.defaults().withMinimiser(Minimiser.PRECONDITIONED));

        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.energy()).isLessThan(-2179);
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
        StaticsResult usual = calculate(atoms);
        StaticsResult small = calculate(atoms, StaticsOptions.defaults().withStrain(5e-6));
        StaticsResult large = calculate(atoms, StaticsOptions.defaults().withStrain(2e-4));

        assertThat(small.tensor().distance(usual.tensor())).isLessThan(ACCURACY);
        // Larger strains carry pairs over knots of the tabulated splines, whose second derivatives jump there; in a
        // cell of 100 atoms that does not average out.
        assertThat(large.tensor().distance(usual.tensor())).isLessThan(0.1);
    }

    @Test
    void startedFromRelaxedAtomsItMeasuresThatMinimum() {
        StaticsResult first = calculate(aluminium(6, 5, 1, skewPore()));
        StaticsResult again = calculate(first.relaxed());

        assertThat(again.energy()).isCloseTo(first.energy(), within(1e-9));
        assertThat(again.tensor().distance(first.tensor())).isLessThan(0.01);
        assertThat(again.evaluations()).isLessThan(first.evaluations());
    }

    // Central pair forces at zero pressure, every atom at a centre of symmetry: Cauchy's relation C12 = C44.
    @ParameterizedTest
    @EnumSource(value = Minimiser.class, names = {"CG_FIRE", "PRECONDITIONED"})
    void anotherPairStyleWithTwoElementsThatAreTheSame(Minimiser minimiser) {
        double a = 3.95;
        Box box = Box.orthogonal(4 * a, 4 * a, 4 * a);
        List<Double> x = new ArrayList<>();
        double[][] basis = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
        for (int i = 0; i < 64; i++) {
            for (double[] b : basis) {
                x.addAll(List.of((i % 4 + b[0]) * a, (i / 4 % 4 + b[1]) * a, (i / 16 + b[2]) * a));
            }
        }
        double[] positions = x.stream().mapToDouble(Double::doubleValue).toArray();
        int[] types = new int[positions.length / 3];
        for (int i = 0; i < types.length; i++) {
            types[i] = i % 2;
        }
        Potential potential = Potential.pairStyle("lj/smooth/linear 6.5", List.of("* * 0.4 2.6"));
        StaticsResult result = calculate(new Atoms(box.cell(), List.of("Al", "Cu"), types, positions),
                StaticsOptions.defaults().withPotential(potential).withMinimiser(minimiser));

        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().get(0, 1)).isCloseTo(result.tensor().get(3, 3), within(ACCURACY));
        assertThat(result.tensor().get(0, 0)).isCloseTo(result.tensor().get(2, 2), within(0.001));
        assertThat(result.relaxed().types()).containsExactly(types);
    }

    @Test
    void potentialsThatDoNotFitAreNamed(@TempDir Path folder) throws Exception {
        Atoms copper = Atoms.of("Cu", Cell.orthogonal(3.6, 3.6, 3.6), new double[] {0, 0, 0, 1.8, 1.8, 0});
        assertThatThrownBy(() -> calculate(copper)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("has no Cu");

        Path truncated = folder.resolve("cut.eam.alloy");
        Files.write(truncated, Arrays.copyOf(Potential.mishin1999().file().orElseThrow().bytes(), 300_000));
        assertThatThrownBy(() -> Potential.fromFile(truncated)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("truncated");

        Atoms atoms = aluminium(2, 2, 2);
        StaticsOptions unknown = StaticsOptions.defaults().withPotential(
                Potential.pairStyle("no/such/style", List.of("* *")));
        assertThatThrownBy(() -> calculate(atoms, unknown)).isInstanceOf(PotentialException.class)
                .hasMessageContaining("no/such/style");
        assertThat(calculate(atoms).outcome()).isEqualTo(Outcome.STABLE);
    }

    @Test
    void aRefusalLeavesNoInstanceBehind(@TempDir Path folder) throws Exception {
        Path copy = Files.write(folder.resolve("Al.eam.alloy"), Potential.mishin1999().file().orElseThrow().bytes());
        StaticsOptions options = StaticsOptions.defaults().withPotential(Potential.fromFile(copy));
        Atoms atoms = PorousStructure.perfect(Lattice.aluminium(), new Cells(3, 3, 1)).atoms();
        Files.writeString(copy, "changed");
        assertThatThrownBy(() -> calculate(atoms, options)).isInstanceOf(PotentialFileException.class)
                .hasMessageContaining("has changed");
        assertThat(calculate(atoms).outcome()).isEqualTo(Outcome.STABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my potentials", "R&D", "a $b"})
    void aPotentialInAnyPathIsFound(String name, @TempDir Path folder) throws Exception {
        Path odd = Files.createDirectory(folder.resolve(name));
        Path copy = Files.write(odd.resolve("Al.eam.alloy"), Potential.mishin1999().file().orElseThrow().bytes());
        StaticsResult result = calculate(aluminium(2, 2, 2), StaticsOptions.defaults()
                .withPotential(Potential.fromFile(copy)));
        assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
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
