// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.comparison.MinimaRow.Descent;
import io.github.nanohooke.comparison.MinimaRow.Gap;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The comparison of minima with judges whose minima are known. */
class MinimaComparisonTest {
    private static final DatasetPlan PLAN = TestPlan.of(Kind.CIRCLES);
    private static HessianElasticCalculator fast;

    @BeforeAll
    static void open() {
        fast = new HessianElasticCalculator();
    }

    @AfterAll
    static void close() {
        fast.close();
    }

    private static MinimaRow compare(BiFunction<Atoms, StaticsOptions, Relaxation> relax) {
        StandIn judge = new StandIn(relax, (atoms, options) -> {
            throw new AssertionError("the judge only relaxes");
        });
        return new MinimaComparison(PLAN, judge, fast).compare(0, StaticsProgress.SILENT);
    }

    private static Relaxation relax(Atoms start, StaticsOptions options) {
        return fast.relax(start, options, StaticsProgress.SILENT);
    }

    /** Somewhere near the minimum that the fast route finds. */
    private static Relaxation shaken(Atoms start, StaticsOptions options) {
        Relaxation end = relax(start, options);
        double[] positions = end.atoms().positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += i % 3 == 2 ? 0 : 0.003 * Math.sin(i);
        }
        return new Relaxation(end.atoms().moved(end.atoms().cell(), positions), false, end.energy() + 0.05, 0.1, 0.02,
                77, 1, 1);
    }

    @Test
    void oneMinimumIsRecognisedFromAllThreeWays() {
        MinimaRow row = compare(MinimaComparisonTest::shaken);
        assertThat(row.cgFire().same() && row.fastFire().same() && row.fastCg().same()).as(row.toString()).isTrue();
        assertThat(row.fastCg().tensor()).isLessThan(1e-3);
        assertThat(row.fastCg().energy()).isCloseTo(0, within(1e-6));
        assertThat(row.reason()).isEmpty();
        assertThat(row.cg().end()).isEqualTo("STABLE");
        assertThat(row.cg().polish()).isCloseTo(0.05, within(1e-6));
        assertThat(row.cg().evaluations()).isEqualTo(77);
        assertThat(row.fast().evaluations()).isPositive();
        assertThat(row.fast().cpuSeconds()).isPositive();
        assertThat(row.porosity()).isEqualTo(PLAN.draw(0).structure().porosity());
        assertThat(row.atoms()).isEqualTo(PLAN.draw(0).structure().atoms().count());
    }

    /** CG is given another structure's minimum, which certainly is another one. */
    @Test
    void anotherMinimumIsToldWithItsDistance() {
        Atoms other = PLAN.draw(1).structure().atoms();
        MinimaRow row = compare((start, options) ->
                options.minimiser() == Minimiser.CG ? relax(other, options) : relax(start, options));
        assertThat(row.fastFire().same()).isTrue();
        assertThat(row.cgFire().same()).isFalse();
        assertThat(row.fastCg().same()).isFalse();
        assertThat(row.cgFire().tensor()).isCloseTo(row.fastCg().tensor(), within(1e-3));
        assertThat(row.cgFire().energy()).isCloseTo(row.cg().energy() - row.fire().energy(), within(1e-9));
        assertThat(row.reason()).contains("energies cg " + String.format("%.4f", row.cg().energy()));
    }

    @Test
    void whatFailsIsARowAndWhatIsStoppedIsNot() {
        MinimaRow row = compare((start, options) -> {
            if (options.minimiser() == Minimiser.FIRE) {
                throw new StaticsException("lost\natoms");
            }
            return relax(start, options);
        });
        assertThat(row.fire().end()).isEqualTo("FAILED");
        assertThat(row.fastFire().hasTensors()).isFalse();
        assertThat(row.fastFire().same()).isFalse();
        assertThat(row.fastFire().sameSaddle()).isFalse();
        assertThat(row.fastCg().same()).isTrue();
        assertThat(row.reason()).contains("fire has no tensor (lost atoms)");
        assertThatThrownBy(() -> compare((start, options) -> {
            throw new CancellationException("enough");
        })).isInstanceOf(CancellationException.class);
    }

    /** A tolerance of the descent is not to be seen in the distance of two tensors. */
    @Test
    void allThreeEndsArePolished() {
        StaticsOptions loose = StaticsOptions.defaults().withForceTolerance(0.05).withStressTolerance(0.5);
        Atoms minimum = relax(PLAN.draw(0).structure().atoms(), PLAN.options(0)).atoms();
        StandIn judge = new StandIn((start, options) -> relax(minimum, PLAN.options(0)), (atoms, options) -> {
            throw new AssertionError("the judge only relaxes");
        });
        MinimaRow row = new MinimaComparison(TestPlan.of(Kind.CIRCLES, Lattice.aluminium(), loose), judge, fast)
                .compare(0, StaticsProgress.SILENT);
        assertThat(row.fast().maxForce()).as("of the descent").isGreaterThan(1e-5);
        assertThat(row.fast().polish()).isPositive();
        assertThat(row.fastFire().tensor()).isLessThan(1e-4);
        assertThat(row.fastFire().energy()).isCloseTo(0, within(1e-9));
    }

    @Test
    void whatTheKernelRefusesIsARow() {
        StandIn judge = new StandIn((start, options) -> new Relaxation(start, true, -1, 0, 0, 1, 1, 1),
                (atoms, options) -> {
                    throw new AssertionError("the judge only relaxes");
                });
        MinimaRow row = new MinimaComparison(TestPlan.ofCopper(), judge, fast).compare(0, StaticsProgress.SILENT);
        assertThat(row.startStable()).isNull();
        assertThat(row.cells()).isZero();
        assertThat(row.fast().end()).isEqualTo("FAILED");
        assertThat(row.fast().cpuSeconds()).isNaN();
        assertThat(row.reason()).contains("fast has no tensor (", "Cu", "the kernel refuses the unrelaxed lattice");
        MinimaRow none = new MinimaComparison(TestPlan.tooSmall(), judge, fast).compare(0, StaticsProgress.SILENT);
        assertThat(none.reason()).startsWith("the structure cannot be made: ");
        assertThat(none.porosity()).isNaN();

        MinimaSummary summary = new MinimaSummary(List.of(row, none));
        assertThat(summary.fastFollowsFire()).isEmpty();
        assertThat(summary.toString()).contains("2 structures", "unstable in 0", "not made in 2",
                "one in 0, three in 0, unknown in 2", "no data").doesNotContain("yes", "NaN%");
        assertThat(RecordCsv.of(MinimaRow.class, List.of(none)).lines().skip(1)).singleElement().asString()
                .startsWith("0,NaN,0,,0,0,\"FAILED\",false");
    }

    @Test
    void nothingIsNoData() {
        assertThat(new MinimaSummary(List.of()).fastFollowsFire()).isEmpty();
        assertThat(new MinimaSummary(List.of()).toString()).contains("no data").doesNotContain("yes");
    }

    /** Rates are over the structures where the second way has a tensor: none of the first is not the same. */
    @Test
    void failingIsNotAgreement() {
        List<MinimaRow> rows = List.of(row(0, true, 0.001, 0.5, -1), row(1, false, 0.3, 0.002, 0.4),
                row(2, false, 0.02, Double.NaN, 0), row(3, true, 0.9, 0.001, 2), row(4, true, 0.001, Double.NaN, 3));
        MinimaSummary summary = new MinimaSummary(rows);
        MinimaSummary.Agreement cgFire = summary.of(MinimaSummary.Pair.CG_FIRE, r -> true);
        assertThat(cgFire.compared()).isEqualTo(5);
        assertThat(cgFire.same()).isEqualTo(3);
        assertThat(cgFire.tensors().max()).isEqualTo(0.9);
        assertThat(cgFire.energies().median()).isEqualTo(0.4);
        MinimaSummary.Agreement fastFire = summary.of(MinimaSummary.Pair.FAST_FIRE, r -> true);
        assertThat(fastFire.compared()).isEqualTo(5);
        assertThat(fastFire.same()).isEqualTo(2);
        assertThat(fastFire.missing()).isEqualTo(2);
        assertThat(fastFire.saddles()).isEqualTo(1);
        assertThat(fastFire.rate()).isCloseTo(40, within(1e-12));
        assertThat(fastFire.tensors().count()).isEqualTo(1);
        assertThat(summary.fastFollowsFire()).contains(false);
        assertThat(new MinimaSummary(rows.subList(0, 2)).fastFollowsFire()).contains(true);
        assertThat(summary.of(MinimaSummary.Pair.CG_FIRE, r -> r.startStable()).compared()).isEqualTo(3);
        assertThat(summary.toString()).contains("5 structures", "unstable in 2", "40.0%", "60.0%", ": no.", "why 3");
    }

    /** Where FIRE itself has no tensor there is nothing to agree with. */
    @Test
    void structuresWithoutATensorOfFireAreNotCounted() {
        MinimaRow counted = row(0, true, 0.001, 0.001, 0);
        MinimaRow lost = new MinimaRow(1, 10, 100, true, 0, 0, end(true), end(false), end(true),
                new Gap(Double.NaN, 1), new Gap(Double.NaN, 1), new Gap(0.001, 0), "fire failed");
        MinimaSummary summary = new MinimaSummary(List.of(counted, lost));
        assertThat(summary.of(MinimaSummary.Pair.FAST_FIRE, r -> true).compared()).isEqualTo(1);
        assertThat(summary.of(MinimaSummary.Pair.FAST_FIRE, r -> true).rate()).isEqualTo(100);
        assertThat(summary.of(MinimaSummary.Pair.FAST_CG, r -> true).compared()).isEqualTo(2);
    }

    private static Descent end(boolean hasTensor) {
        return new Descent(hasTensor ? "STABLE" : "UNSTABLE", hasTensor, true, -10, 0, 1e-6, 1e-6, 10, 0.5);
    }

    /** FIRE and CG have tensors; the fast route has one unless its gap is NaN. */
    private static MinimaRow row(long index, boolean stable, double cgFire, double fastFire, double energy) {
        return new MinimaRow(index, 10, 100, stable, 1, 0, end(true), end(true), end(!Double.isNaN(fastFire)),
                new Gap(cgFire, energy), new Gap(fastFire, energy), new Gap(fastFire, energy), "why " + index);
    }
}
