// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.comparison.MinimaRow.Descent;
import io.github.nanohooke.comparison.MinimaRow.Gap;
import io.github.nanohooke.dataset.DatasetPlan;
import io.github.nanohooke.statics.HessianElasticCalculator;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Atoms;
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
        return new Relaxation(end.atoms().moved(end.atoms().box(), positions), false, end.energy() + 0.05, 0.1, 0.02,
                77, 1);
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

    @Test
    void ratesAreOverWhatCanBeCompared() {
        List<MinimaRow> rows = List.of(row(0, true, 0.001, 0.5, -1), row(1, false, 0.3, 0.002, 0.4),
                row(2, false, 0.02, Double.NaN, 0), row(3, true, 0.9, 0.001, 2));
        MinimaSummary summary = new MinimaSummary(rows);
        MinimaSummary.Agreement cgFire = summary.of(MinimaSummary.Pair.CG_FIRE, r -> true);
        assertThat(cgFire.compared()).isEqualTo(4);
        assertThat(cgFire.same()).isEqualTo(2);
        assertThat(cgFire.tensors().max()).isEqualTo(0.9);
        assertThat(cgFire.energies().median()).isEqualTo(0.4);
        MinimaSummary.Agreement fastFire = summary.of(MinimaSummary.Pair.FAST_FIRE, r -> true);
        assertThat(fastFire.compared()).isEqualTo(3);
        assertThat(fastFire.saddles()).isEqualTo(1);
        assertThat(fastFire.rate()).isCloseTo(200.0 / 3, within(1e-12));
        assertThat(summary.fastFollowsFire()).isTrue();
        assertThat(summary.of(MinimaSummary.Pair.CG_FIRE, MinimaRow::startStable).compared()).isEqualTo(2);
        assertThat(summary.toString()).contains("4 structures", "unstable in 2", "66.7%", "why 3");
    }

    private static MinimaRow row(long index, boolean stable, double cgFire, double fastFire, double energy) {
        Descent end = new Descent("STABLE", true, -10, 0, 1e-6, 1e-6, 10, 0.5);
        return new MinimaRow(index, 10, 100, stable, 1, 0, end, end, end, new Gap(cgFire, energy),
                new Gap(fastFire, energy), new Gap(fastFire, energy), "why " + index);
    }
}
