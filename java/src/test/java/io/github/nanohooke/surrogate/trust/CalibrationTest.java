// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Bounds on errors, by samples whose errors grow with their spreads in a way that the test knows. */
class CalibrationTest {
    private static final int N = ElasticConstants.COUNT;

    /** Errors and spreads of samples. */
    private record Samples(double[][] errors, List<AnswerSpread> spreads) {

        /** Each error is normal with its constant's spread. */
        static Samples draw(int count, long seed) {
            return draw(count, seed, (spread, porosity) -> spread);
        }

        /** @param size of the errors of a constant, by its spread and the porosity */
        static Samples draw(int count, long seed, DoubleBinaryOperator size) {
            Random random = new Random(seed);
            double[][] errors = new double[count][N];
            List<AnswerSpread> spreads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double porosity = 80 * random.nextDouble();
                double most = Math.exp(random.nextGaussian());
                double[] spread = new double[N];
                for (int k = 0; k < N; k++) {
                    spread[k] = most * (0.5 + random.nextDouble());
                    errors[i][k] = size.applyAsDouble(spread[k], porosity) * random.nextGaussian();
                }
                spreads.add(new AnswerSpread(spread, porosity));
            }
            return new Samples(errors, spreads);
        }
    }

    private static AnswerSpread noSpread() {
        return new AnswerSpread(new double[N], 0);
    }

    /** Of samples like those of a calibration. */
    private static List<Footing> whole(int count) {
        return Collections.nCopies(count, new Footing(true, false, 10));
    }

    @Test
    void keepsItsWordForSamplesThatItHasNotSeen() {
        Samples seen = Samples.draw(2000, 1);
        Samples fresh = Samples.draw(4000, 2);
        Calibration calibration = Calibration.fit(seen.errors, seen.spreads, 0);
        Reliability reliability = Reliability.of(calibration, fresh.errors, fresh.spreads, whole(4000));
        assertThat(reliability.samples()).isEqualTo(4000);
        assertThat(reliability.coverage()).hasSize(20)
                .allSatisfy(c -> assertThat(c.found()).isCloseTo(c.said(), within(0.035)));
        // A bound that does not know of the spread would have to be that of the largest of them.
        double constant = Arrays.stream(fresh.errors).mapToDouble(Calibration::max).sorted().toArray()[3800];
        double mean = fresh.spreads.stream().mapToDouble(s -> calibration.bound(0.95, s)).average().orElseThrow();
        assertThat(mean).isLessThan(0.75 * constant);
    }

    @Test
    void boundsEachConstantByItself() {
        Samples seen = Samples.draw(2000, 3);
        Samples fresh = Samples.draw(2000, 4);
        Calibration calibration = Calibration.fit(seen.errors, seen.spreads, 0);
        for (int k = 0; k < N; k++) {
            int kept = 0;
            for (int i = 0; i < fresh.errors.length; i++) {
                kept += Math.abs(fresh.errors[i][k]) <= calibration.uncertainty(fresh.spreads.get(i)).constants().get(k)
                        ? 1 : 0;
            }
            assertThat(kept / 2000.0).as("constant %d", k).isCloseTo(Calibration.LEVEL, within(0.02));
        }
    }

    /**
     * Errors 1 to 10, ten of each, with no spread at all: the quantiles are known numbers, of ranks among 101. Every
     * tenth sample is one of each, so that all scales are the same.
     */
    @Test
    void takesTheRankThatCoversANewDraw() {
        double[][] errors = new double[100][];
        for (int i = 0; i < 100; i++) {
            double value = 1 + i / 10;
            errors[i] = DoubleStream.generate(() -> -value).limit(N).toArray();
        }
        Calibration calibration = Calibration.fit(errors, Collections.nCopies(100, noSpread()), 7);
        assertThat(calibration.bound(0.5, noSpread())).isCloseTo(6, within(1e-9));
        assertThat(calibration.bound(0.7, noSpread())).isCloseTo(8, within(1e-9));
        assertThat(calibration.bound(0.9, noSpread())).isCloseTo(10, within(1e-9));
        assertThat(calibration.bound(0.85, noSpread())).isCloseTo(9, within(1e-9));
        assertThat(calibration.cut()).isEqualTo(7);
        assertThat(calibration.uncertainty(noSpread()).gpa()).isCloseTo(10, within(1e-9));
        assertThat(calibration.uncertainty(noSpread()).constants()).allSatisfy(c ->
                assertThat(c).isCloseTo(10, within(1e-9)));
    }

    /** Errors that grow as the root of the spread, and with the porosity: a law that is known, and its bounds. */
    @Test
    void learnsHowErrorsGoWithSpreadAndPorosity() {
        DoubleBinaryOperator size = (spread, porosity) -> Math.sqrt(spread) * (1 + porosity);
        Samples seen = Samples.draw(2000, 7, size);
        Samples fresh = Samples.draw(2000, 8, size);
        Calibration calibration = Calibration.fit(seen.errors, seen.spreads, 0);
        assertThat(Reliability.of(calibration, fresh.errors, fresh.spreads, whole(2000)).coverage())
                .allSatisfy(c -> assertThat(c.found()).isCloseTo(c.said(), within(0.04)));
        double[] one = DoubleStream.generate(() -> 1).limit(N).toArray();
        double[] four = DoubleStream.generate(() -> 4).limit(N).toArray();
        double bound = calibration.bound(0.95, new AnswerSpread(one, 9));
        assertThat(calibration.bound(0.95, new AnswerSpread(four, 9)) / bound).isCloseTo(2, within(0.2));
        assertThat(calibration.bound(0.95, new AnswerSpread(one, 39)) / bound).isCloseTo(4, within(0.4));
        // Of thirteen normal numbers the largest is below 2.9 in 95 of 100.
        assertThat(bound / 10).isCloseTo(2.9, within(0.5));
    }

    @Test
    void asksStaticsAboveALimit() {
        List<Double> thirteen = Collections.nCopies(N, 1.0);
        Calibration calibration = new Calibration(1, List.of(), List.of(0.95), List.of(1.0), thirteen, 50, 0);
        List<AnswerSpread> spreads = List.of(noSpread(), noSpread(), noSpread());
        double[][] errors = {new double[N], new double[N], new double[N]};
        spreads.get(1).constants()[4] = 0.5;   // bounds 1, 1.5 and 10
        spreads.get(2).constants()[0] = 9;
        errors[0][2] = -0.5;
        errors[1][2] = 5;
        errors[2][2] = 20;
        Map<Double, Reliability.Triage> triage = new HashMap<>();
        Reliability.of(calibration, errors, spreads, whole(3)).triage().forEach(t -> triage.put(t.limit(), t));
        assertThat(triage.get(0.5).answered()).isZero();
        assertThat(triage.get(0.5).within()).isEqualTo(1);
        assertThat(triage.get(0.5).rmse()).isNull();
        assertThat(triage.get(1.0).answered()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(triage.get(1.0).rmse()).isCloseTo(0.5 / Math.sqrt(N), within(1e-12));
        assertThat(triage.get(2.0).answered()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(triage.get(2.0).within()).isCloseTo(2 / 3.0, within(1e-12));
    }

    /** What predict answers for them: bounds that rest on other samples are none of theirs. */
    @Test
    void asksStaticsOfSamplesThatAreUnlikeThoseOfTheCalibration() {
        List<Footing> footings = List.of(new Footing(true, false, 10), new Footing(true, true, 10),
                new Footing(false, false, 10));
        double[][] errors = {new double[N], new double[N], new double[N]};
        for (int cut = 0; cut < 2; cut++) {
            Calibration calibration = new Calibration(1, List.of(), List.of(0.95), List.of(1.0),
                    Collections.nCopies(N, 1.0), 50, cut);
            Reliability.Triage two = Reliability.of(calibration, errors, Collections.nCopies(3, noSpread()), footings)
                    .triage().stream().filter(t -> t.limit() == 2).findFirst().orElseThrow();
            assertThat(two.answered()).as("of %d cut samples", cut).isCloseTo((1 + cut) / 3.0, within(1e-12));
        }
    }

    @Test
    void isKeptInAModelsFile() {
        Samples samples = Samples.draw(100, 5);
        Calibration plain = Calibration.fit(samples.errors, samples.spreads, 0);
        Calibration averaged = Calibration.fit(samples.errors, Samples.draw(100, 6).spreads, 0);
        Calibrations all = new Calibrations(Map.of()).with(Shows.RELAXED, false, plain)
                .with(Shows.DESIGNED, true, averaged);
        Calibrations read = Calibrations.of(all.provenance());
        assertThat(read).isEqualTo(all);
        assertThat(read.of(Shows.RELAXED, false)).contains(plain);
        assertThat(read.of(Shows.DESIGNED, true)).contains(averaged);
        assertThat(read.of(Shows.RELAXED, true)).isEmpty();
        assertThat(Calibrations.of(Map.of()).all()).isEmpty();
        assertThatThrownBy(() -> Calibrations.of(Map.of(Calibrations.KEY, "{\"relaxed\":{\"offset\":-1}}")))
                .isInstanceOf(SurrogateException.class);
        assertThatThrownBy(() -> new Calibration(1, List.of(1.0), plain.levels(), plain.largest(), plain.constants(),
                50, 0)).isInstanceOf(SurrogateException.class).hasMessageContaining("no weights or 5");
    }

    /** They tell no weights: the scale is the offset and the spread. */
    @Test
    void readsFilesOfTheFirstVersions() {
        String thirteen = Collections.nCopies(N, "3.0").toString();
        Calibration read = Calibrations.of(Map.of(Calibrations.KEY, "{\"relaxed\":{\"offset\":0.5,\"levels\":[0.95],"
                + "\"largest\":[2.0],\"constants\":" + thirteen + ",\"samples\":50,\"cut\":1}}"))
                .of(Shows.RELAXED, false).orElseThrow();
        AnswerSpread spread = noSpread();
        spread.constants()[2] = 0.25;
        Uncertainty uncertainty = read.uncertainty(spread);
        assertThat(uncertainty.gpa()).isEqualTo(1.5);
        assertThat(uncertainty.constants()).startsWith(1.5, 1.5, 2.25, 1.5);
    }

    @Test
    void needsSamples() {
        Samples few = Samples.draw(39, 1);
        assertThatThrownBy(() -> Calibration.fit(few.errors, few.spreads, 0)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("39");
        Calibration calibration = Calibration.fit(Samples.draw(40, 1).errors, Samples.draw(40, 1).spreads, 0);
        assertThat(calibration.levels()).doesNotContain(0.99);
        assertThatThrownBy(() -> Reliability.of(calibration, new double[0][], List.of(), List.of()))
                .isInstanceOf(SurrogateException.class);
    }

    @Test
    void knowsNoMoreThanThePriorOutside() {
        Uncertainty inside = new Uncertainty(3, Collections.nCopies(N, 1.0), 0.95, Uncertainty.Basis.CALIBRATED);
        Uncertainty outside = inside.outside(14);
        assertThat(outside.gpa()).isEqualTo(28);
        assertThat(outside.constants()).containsOnly(28.0);
        assertThat(outside.basis()).isEqualTo(Uncertainty.Basis.OUTSIDE);
        assertThat(outside.outside(20).gpa()).isEqualTo(40);
        assertThat(outside.outside(1).gpa()).isEqualTo(28);
        boolean[] exact = new boolean[N];
        exact[0] = true;
        assertThat(outside.withExact(exact).constants()).startsWith(0.0, 28.0);
    }
}
