// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.dataset.DatasetPlan;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.HessianElasticCalculator;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The comparison of tensors with judges whose errors are known. */
class AccuracyComparisonTest {
    private static final DatasetPlan PLAN = TestPlan.of(Kind.CIRCLES);
    private static HessianElasticCalculator fast;
    private final List<Double> strains = new ArrayList<>();

    @BeforeAll
    static void open() {
        fast = new HessianElasticCalculator();
    }

    @AfterAll
    static void close() {
        fast.close();
    }

    private AccuracyRow compare(BiFunction<Atoms, StaticsOptions, StaticsResult> calculate) {
        StandIn judge = new StandIn((atoms, options) -> {
            throw new AssertionError("the judge measures");
        }, calculate);
        return new AccuracyComparison(PLAN, judge, fast).compare(0, StaticsProgress.SILENT);
    }

    /** A judge at the same minimum whose C11 errs by an amount that depends on the strain [GPa]. */
    private BiFunction<Atoms, StaticsOptions, StaticsResult> erring(DoubleUnaryOperator error, double energyShift) {
        return (atoms, options) -> {
            strains.add(options.strain());
            assertThat(options.forceTolerance()).isLessThanOrEqualTo(1e-6);
            StaticsResult right = fast.calculate(atoms, options, StaticsProgress.SILENT);
            double[][] c = right.tensor().toArray();
            c[0][0] += error.applyAsDouble(options.strain());
            return new StaticsResult("stand-in", Outcome.STABLE, "", ElasticTensor.of(c), 0, 0, 0,
                    right.energy() + energyShift, 42, 1, right.relaxed());
        };
    }

    @Test
    void agreementNeedsNoSecondStrain() {
        AccuracyRow row = compare(erring(strain -> 0.004, 0));
        assertThat(row.difference()).isCloseTo(0.004, within(5e-4));
        assertThat(row.leastStrain()).isEqualTo(2e-5);
        assertThat(row.judgeEvaluations()).isEqualTo(42);
        assertThat(row.reason()).isEmpty();
        assertThat(row.end()).isEqualTo("STABLE");
        assertThat(strains).containsExactly(2e-5);
    }

    @Test
    void anErrorThatFallsWithTheStrainIsTheTables() {
        AccuracyRow row = compare(erring(strain -> 1000 * strain, 0));
        assertThat(row.difference()).isCloseTo(0.02, within(5e-4));
        assertThat(row.leastDifference()).isCloseTo(0.005, within(5e-4));
        assertThat(row.leastStrain()).isEqualTo(5e-6);
        assertThat(strains).containsExactly(2e-5, 5e-6);
        assertThat(row.reason()).contains("knots");
    }

    @Test
    void anErrorThatStaysIsNotExplainedAway() {
        AccuracyRow row = compare(erring(strain -> 0.5, 0));
        assertThat(strains).containsExactly(2e-5, 5e-6, 2.5e-6);
        assertThat(row.reason()).startsWith("not explained").contains("0.5");
    }

    @Test
    void aJudgeThatLeftTheMinimumIsNamed() {
        AccuracyRow row = compare(erring(strain -> 0.5, -0.3));
        assertThat(row.energyDifference()).isCloseTo(-0.3, within(1e-3));
        assertThat(row.reason()).contains("another minimum").contains("-0.3");
        assertThat(strains).hasSize(1);
    }

    @Test
    void failuresAreRowsAndExceptionsAreListed() {
        AccuracyRow failed = compare((atoms, options) -> {
            throw new StaticsException("no such thing");
        });
        assertThat(failed.end()).isEqualTo("FAILED");
        assertThat(failed.reason()).isEqualTo("no such thing");
        AccuracyRow good = compare(erring(strain -> 0.004, 0));
        AccuracyRow bad = compare(erring(strain -> 0.5, 0));
        AccuracySummary summary = new AccuracySummary(List.of(failed, good, bad));
        assertThat(summary.exceptions()).containsExactly(failed, bad);
        assertThat(summary.differences().max()).isEqualTo(bad.difference());
        assertThat(summary.toString()).contains("3 structures, 2 judged", "2 exceptions", "no such thing",
                "not explained");
    }
}
