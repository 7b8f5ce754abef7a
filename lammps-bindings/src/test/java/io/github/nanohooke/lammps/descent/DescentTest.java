// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.lammps.descent.Descent.End;
import io.github.nanohooke.lammps.descent.Objective.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescentTest {
    private static final Preconditioner NONE = vector -> { };

    /** From 1 to the condition number, geometrically. */
    private static double[] eigenvalues(int n, double condition) {
        return IntStream.range(0, n).mapToDouble(i -> Math.pow(condition, i / (n - 1.0))).toArray();
    }

    private static Descent.Result<Integer> descend(QuadraticForm form, StepMemory memory, int patience) {
        return new Descent<>(form, memory, patience, place -> { }).run(new double[form.matrix().length]);
    }

    private static Preconditioner inverse(double[][] matrix, double factor) {
        DMatrixRMaj inverse = new DMatrixRMaj(matrix);
        assertThat(CommonOps_DDRM.invert(inverse)).isTrue();
        return vector -> {
            DMatrixRMaj x = new DMatrixRMaj(vector.length, 1);
            CommonOps_DDRM.mult(factor, inverse, new DMatrixRMaj(vector), x);
            System.arraycopy(x.data, 0, vector, 0, vector.length);
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 10, 1e3, 1e4})
    void theMinimumOfAQuadraticFormIsFoundWhateverItsCondition(double condition) {
        QuadraticForm form = new QuadraticForm(eigenvalues(30, condition), 1e-8, 10, 5000, 3);
        Descent.Result<Integer> result = descend(form, new StepMemory(NONE, 20), 1000);

        assertThat(result.end()).isEqualTo(End.CONVERGED);
        for (double g : result.place().gradient()) {
            assertThat(g).isCloseTo(0, within(1e-8));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1, 1e4})
    void theExactPreconditionerNeedsOnlyItsFactor(double factor) {
        QuadraticForm form = new QuadraticForm(eigenvalues(30, 1e6), 1e-7, 1e9, 5000, 4);
        Descent.Result<Integer> result = descend(form, new StepMemory(inverse(form.matrix(), factor), 20), 10);

        assertThat(result.end()).isEqualTo(End.CONVERGED);
        // One step to learn the factor, one to the minimum, some for rounding and the search of the first length.
        assertThat(form.looks()).isLessThan(20);
    }

    @Test
    void aMemoryOfAnotherDescentSavesLooks() {
        StepMemory memory = new StepMemory(NONE, 60);
        QuadraticForm first = new QuadraticForm(eigenvalues(20, 1e3), 1e-8, 10, 5000, 5);
        QuadraticForm again = new QuadraticForm(eigenvalues(20, 1e3), 1e-8, 10, 5000, 5);
        descend(first, memory, 1000);
        Descent.Result<Integer> second = new Descent<>(again, memory, 1000, place -> { })
                .run(IntStream.range(0, 20).mapToDouble(i -> 0.1 * i).toArray());

        assertThat(second.end()).isEqualTo(End.CONVERGED);
        assertThat(again.looks()).isLessThan(first.looks() / 2);
    }

    @Test
    void stepsAreNoLongerThanAllowedAndTheValueFalls() {
        List<Place<Integer>> way = new ArrayList<>();
        QuadraticForm form = new QuadraticForm(eigenvalues(10, 100), 1e-6, 0.03, 5000, 6);
        new Descent<>(form, new StepMemory(NONE, 20), 1000, way::add).run(new double[10]);

        assertThat(way).hasSizeGreaterThan(10);
        for (int k = 1; k < way.size(); k++) {
            Place<Integer> from = way.get(k - 1);
            Place<Integer> to = way.get(k);
            assertThat(to.value()).isLessThanOrEqualTo(from.value() + form.noise(from.value()));
            for (int i = 0; i < 10; i++) {
                assertThat(Math.abs(to.at()[i] - from.at()[i])).isLessThanOrEqualTo(0.03 * (1 + 1e-9));
            }
        }
    }

    @Test
    void negativeCurvatureEndsTheDescentBeforeTheStepThatMeetsIt() {
        double[] eigenvalues = eigenvalues(12, 50);
        eigenvalues[3] = -0.5;
        QuadraticForm form = new QuadraticForm(eigenvalues, 1e-8, 0.2, 5000, 7);
        Descent.Result<Integer> result = descend(form, new StepMemory(NONE, 20), 1000);

        assertThat(result.end()).isEqualTo(End.DOWNWARDS);
        assertThat(result.place().state()).isLessThan(form.looks());
    }

    @Test
    void aBudgetAndPatienceAreKept() {
        QuadraticForm poor = new QuadraticForm(eigenvalues(30, 1e6), 1e-12, 10, 25, 8);
        assertThat(descend(poor, new StepMemory(NONE, 5), 1000).end()).isEqualTo(End.EXHAUSTED);
        assertThat(poor.looks()).isEqualTo(25);

        QuadraticForm slow = new QuadraticForm(eigenvalues(30, 1e6), 1e-12, 1e-9, 5000, 8);
        Descent.Result<Integer> result = descend(slow, new StepMemory(NONE, 5), 15);
        assertThat(result.end()).isEqualTo(End.IDLE);
        assertThat(result.steps()).isEqualTo(15);
    }

    @Test
    void aSaddleIsToldFromAMinimumAndTheProbeTeachesTheMemory() {
        double[] eigenvalues = eigenvalues(40, 200);
        QuadraticForm valley = new QuadraticForm(eigenvalues, 1e-8, 10, 5000, 9);
        Place<Integer> minimum = valley.evaluate(new double[40]);
        StepMemory memory = new StepMemory(NONE, 100);
        assertThat(SaddleProbe.downwards(valley, minimum, memory, 1, 1)).isEmpty();
        int before = valley.looks();
        new Descent<>(valley, memory, 100, place -> { }).run(new double[40]);
        QuadraticForm untaught = new QuadraticForm(eigenvalues, 1e-8, 10, 5000, 9);
        descend(untaught, new StepMemory(NONE, 100), 100);
        assertThat(valley.looks() - before).isLessThan(untaught.looks() / 2);

        eigenvalues[0] = -0.1;
        QuadraticForm saddle = new QuadraticForm(eigenvalues, 1e-8, 10, 5000, 9);
        double[] down = SaddleProbe.downwards(saddle, saddle.evaluate(new double[40]), new StepMemory(NONE, 100), 1, 1)
                .orElseThrow();
        assertThat(StepMemory.dot(down, saddle.times(down))).isNegative();
    }
}
