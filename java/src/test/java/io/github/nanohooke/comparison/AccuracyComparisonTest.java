// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.tensor.ElasticTensor;
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
                    right.energy() + energyShift, 42, 1, 1, right.cell(), right.relaxed());
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

    /** What the judge cannot do says nothing of the fast route, and takes no time that a median may hold. */
    @Test
    void aJudgeThatFailsIsToldApartFromTheFastRoute() {
        AccuracyRow row = compare((atoms, options) -> {
            throw new StaticsException("no such\nthing");
        });
        assertThat(row.end()).isEqualTo("STABLE");
        assertThat(row.reason()).isEqualTo("the judge failed: no such thing");
        assertThat(row.difference()).isNaN();
        assertThat(row.judgeCpuSeconds()).isNaN();
        assertThat(row.fastCpuSeconds()).isPositive();
        assertThat(row.cells()).isEqualTo(1);
    }

    /** A row is kept for good: what the machine did must be none. */
    @Test
    void whatTheMachineDoesIsNoRow() {
        EnvironmentFaultException fault = new EnvironmentFaultException("memory is short");
        assertThatThrownBy(() -> compare((atoms, options) -> {
            throw fault;
        })).isSameAs(fault);
        assertThatThrownBy(() -> compare((atoms, options) -> {
            if (options.strain() < 1e-5) {
                throw fault;
            }
            return erring(strain -> 0.5, 0).apply(atoms, options);
        })).isSameAs(fault);
        NullPointerException defect = new NullPointerException();
        assertThatThrownBy(() -> compare((atoms, options) -> {
            throw defect;
        })).isSameAs(defect);
    }

    @Test
    void aJudgeThatFailsAtASmallerStrainKeepsTheFirst() {
        AccuracyRow row = compare((atoms, options) -> {
            if (options.strain() < 1e-5) {
                throw new StaticsException("too small");
            }
            return erring(strain -> 0.5, 0).apply(atoms, options);
        });
        assertThat(row.difference()).isCloseTo(0.5, within(5e-4));
        assertThat(row.leastStrain()).isEqualTo(2e-5);
        assertThat(row.judgeCpuSeconds()).isPositive();
        assertThat(row.reason()).startsWith("not explained").endsWith("at 5.0e-06 the judge failed: too small");
    }

    @Test
    void structuresThatTheFastRouteRefusesAreRows() {
        StandIn judge = new StandIn((atoms, options) -> {
            throw new AssertionError("nothing to relax");
        }, (atoms, options) -> {
            throw new AssertionError("nothing to judge");
        });
        AccuracyRow row = new AccuracyComparison(TestPlan.ofCopper(), judge, fast).compare(0, StaticsProgress.SILENT);
        assertThat(row.end()).isEqualTo("FAILED");
        assertThat(row.reason()).contains("Cu");
        assertThat(row.porosity()).isPositive();
        assertThat(row.fastCpuSeconds()).isNaN();
        assertThat(row.judgeCpuSeconds()).isNaN();
        assertThat(new AccuracyComparison(TestPlan.tooSmall(), judge, fast).compare(0, StaticsProgress.SILENT).end())
                .isEqualTo("FAILED");
    }

    @Test
    void exceptionsAreListedAndMediansAreOfWhatWasMeasured() {
        AccuracyRow failed = compare((atoms, options) -> {
            throw new StaticsException("no such thing");
        });
        AccuracyRow good = row(0.004, 3);
        AccuracyRow bad = row(0.5, 5);
        AccuracySummary summary = new AccuracySummary(List.of(failed, good, bad, failed, failed));
        assertThat(summary.exceptions()).containsExactly(failed, bad, failed, failed);
        assertThat(summary.differences().max()).isEqualTo(0.5);
        assertThat(summary.toString()).contains("5 structures, 2 judged", "4 exceptions", "no such thing", "because",
                "judge 3.00, 4.00");
    }

    private static AccuracyRow row(double difference, double judgeSeconds) {
        return new AccuracyRow(1, 20, 100, 1, "STABLE", difference, 0, difference, 2e-5, 42, 0.25, judgeSeconds,
                "because");
    }
}
