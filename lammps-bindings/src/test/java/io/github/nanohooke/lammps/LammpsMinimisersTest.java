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
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All ways to the minimum lead to the same one, within their budgets. */
@ExtendWith(RequireLammps.class)
class LammpsMinimisersTest {

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
        StaticsResult expected = relaxedSkew();
        StaticsResult result = calculate(atoms, StaticsOptions.defaults().withMinimiser(minimiser));

        assertThat(result.energy()).isCloseTo(expected.energy(), within(1e-6));
        assertThat(result.outcome()).as(result.explanation()).isEqualTo(Outcome.STABLE);
        assertThat(result.tensor().distance(expected.tensor())).isLessThan(ACCURACY);
    }

    @Test
    void thePreconditionedDescentTurnsAndMovesWithTheStructureAndNeedsAFractionOfTheEvaluations() {
        Atoms atoms = aluminium(6, 5, 1, skewPore());
        StaticsOptions options = StaticsOptions.defaults().withMinimiser(Minimiser.PRECONDITIONED);
        StaticsResult usual = relaxedSkew();
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
}
