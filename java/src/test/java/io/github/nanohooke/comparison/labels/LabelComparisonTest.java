// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.comparison.StandIn;
import io.github.nanohooke.comparison.labels.LabelSpread.Distance;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.io.CheckedLine;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The comparison of labels with judges whose minima are known. */
class LabelComparisonTest {
    private static LabelSamples samples;
    private static HessianElasticCalculator fast;
    private static long one;
    private static long three;
    private static Atoms other;

    @BeforeAll
    static void open() {
        fast = new HessianElasticCalculator();
        samples = LabelSamples.of(LabelledData.open("from-20000.nhs"), Part.TRAINING, 1000);
        one = quickest(1, 0);
        other = samples.get(quickest(1, 1)).draw().structure().atoms();
        three = quickest(3, 0);
    }

    @AfterAll
    static void close() {
        fast.close();
    }

    /** The place of the sample with the highest porosity, so the fewest atoms. */
    private static long quickest(int cells, int skip) {
        return IntStream.range(0, samples.size()).boxed().filter(i -> samples.get(i).cells() == cells)
                .sorted(Comparator.comparingDouble(i -> -samples.get(i).dataset().porosity(samples.get(i).place())))
                .skip(skip).findFirst().orElseThrow();
    }

    private static LabelRow compare(long place, BiFunction<Atoms, StaticsOptions, Relaxation> relax) {
        StandIn judge = new StandIn(relax, (atoms, options) -> {
            throw new AssertionError("the judge only relaxes");
        });
        return new LabelComparison(samples, judge, fast, 60, false).compare(place, StaticsProgress.SILENT);
    }

    private static Relaxation relax(Atoms start, StaticsOptions options) {
        return fast.relax(start, options, StaticsProgress.SILENT);
    }

    /** CG ends in the label's minimum, FIRE is given another structure's, which certainly is another one. */
    @Test
    void whatEndsInTheLabelsMinimumHasItsTensor() {
        LabelRow row = compare(one, (start, options) ->
                relax(options.minimiser() == Minimiser.CG ? start : other, options));
        assertThat(row.cells()).isEqualTo(1);
        assertThat(row.label()).isEqualTo(samples.get(one).dataset().constants(samples.get(one).place()));
        assertThat(row.ends()).extracting(LabelEnd::way).containsExactly("again", "cg", "fire");
        assertThat(row.ends()).allMatch(LabelEnd::isLabel).extracting(LabelEnd::cells).containsOnly(1);
        assertThat(distance(row, "again").isSame()).isTrue();
        assertThat(distance(row, "cg").isSame()).isTrue();
        assertThat(distance(row, "fire").isSame()).isFalse();
        assertThat(CheckedLine.read(CheckedLine.write(row), LabelRow.class).orElseThrow())
                .usingRecursiveComparison().isEqualTo(row);
    }

    private static Distance distance(LabelRow row, String way) {
        return Distance.of(row.end(way).orElseThrow().constants(), row.label());
    }

    @Test
    void aJudgeThatFailsIsARowAndWhatIsStoppedIsNot() {
        LabelRow row = compare(one, (start, options) -> {
            throw new StaticsException("lost\natoms");
        });
        LabelEnd cg = row.end("cg").orElseThrow();
        assertThat(cg.end()).isEqualTo(LabelEnd.FAILED);
        assertThat(cg.isLabel()).isFalse();
        assertThat(cg.note()).isEqualTo("lost atoms");
        assertThatThrownBy(() -> compare(one, (start, options) -> {
            throw new CancellationException("enough");
        })).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> compare(one, (start, options) -> {
            throw new EnvironmentFaultException("no memory");
        })).isInstanceOf(EnvironmentFaultException.class);
    }

    /** Three cells: another push, then LAMMPS; all without a moment of time. */
    @Test
    void whatTakesTooLongIsGivenUp() {
        ElasticCalculator patient = new ElasticCalculator() {
            @Override
            public String method() {
                return "patient";
            }

            @Override
            public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
                throw new AssertionError("the judge only relaxes");
            }

            @Override
            public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
                while (progress.report("relax", 0, "")) {
                    Thread.onSpinWait();
                }
                throw new CancellationException("stopped");
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
        LabelRow row = new LabelComparison(samples, patient, fast, 0.01, true).compare(three, StaticsProgress.SILENT);
        assertThat(row.cells()).isEqualTo(3);
        assertThat(row.ends()).extracting(LabelEnd::way).containsExactly("push", "cg", "fire");
        assertThat(row.ends()).extracting(LabelEnd::end).containsOnly(LabelEnd.GIVEN_UP);
        assertThat(row.ends()).noneMatch(LabelEnd::isLabel)
                .allSatisfy(end -> assertThat(end.note()).contains("0.01 s of processor time"));
        LabelRow apart = new LabelComparison(samples, patient, fast, 0.01, false)
                .compare(three, StaticsProgress.SILENT);
        assertThat(apart.ends()).extracting(LabelEnd::way).containsExactly("push");
        assertThatThrownBy(() -> new LabelComparison(samples, patient, fast, 0.01, true).compare(three,
                (stage, fraction, detail) -> false)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> new LabelComparison(samples, patient, fast, 0, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
