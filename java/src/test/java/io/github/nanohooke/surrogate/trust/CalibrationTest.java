// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Bounds on errors, by samples whose errors grow with their spreads in a way that the test knows. */
class CalibrationTest {
    private static final int N = ElasticConstants.COUNT;

    /** Errors and spreads of samples: each error is normal with its constant's spread. */
    private record Samples(double[][] errors, double[][] spreads) {
        static Samples draw(int count, long seed) {
            Random random = new Random(seed);
            double[][] errors = new double[count][N];
            double[][] spreads = new double[count][N];
            for (int i = 0; i < count; i++) {
                double size = Math.exp(random.nextGaussian());
                for (int k = 0; k < N; k++) {
                    spreads[i][k] = size * (0.5 + random.nextDouble());
                    errors[i][k] = spreads[i][k] * random.nextGaussian();
                }
            }
            return new Samples(errors, spreads);
        }
    }

    @Test
    void keepsItsWordForSamplesThatItHasNotSeen() {
        Samples seen = Samples.draw(2000, 1);
        Samples fresh = Samples.draw(4000, 2);
        Calibration calibration = Calibration.fit(seen.errors, seen.spreads, 0);
        Reliability reliability = Reliability.of(calibration, fresh.errors, fresh.spreads);
        assertThat(reliability.samples()).isEqualTo(4000);
        assertThat(reliability.coverage()).hasSize(20)
                .allSatisfy(c -> assertThat(c.found()).isCloseTo(c.said(), within(0.035)));
        // A bound that does not know of the spread would have to be that of the largest of them.
        double constant = Arrays.stream(fresh.errors).mapToDouble(Calibration::max).sorted().toArray()[3800];
        double mean = Arrays.stream(fresh.spreads).mapToDouble(s -> calibration.bound(0.95, s)).average().orElseThrow();
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
                kept += Math.abs(fresh.errors[i][k]) <= calibration.uncertainty(fresh.spreads[i]).constants().get(k)
                        ? 1 : 0;
            }
            assertThat(kept / 2000.0).as("constant %d", k).isCloseTo(Calibration.LEVEL, within(0.02));
        }
    }

    /** Errors 1 to 100 with no spread at all: the quantiles are known numbers, of ranks among 101. */
    @Test
    void takesTheRankThatCoversANewDraw() {
        double[][] errors = new double[100][];
        for (int i = 0; i < 100; i++) {
            double value = i + 1;
            errors[i] = DoubleStream.generate(() -> -value).limit(N).toArray();
        }
        Calibration calibration = Calibration.fit(errors, new double[100][N], 7);
        assertThat(calibration.bound(0.5, new double[N])).isCloseTo(51, within(1e-9));
        assertThat(calibration.bound(0.95, new double[N])).isCloseTo(96, within(1e-9));
        assertThat(calibration.bound(0.99, new double[N])).isCloseTo(100, within(1e-9));
        assertThat(calibration.cut()).isEqualTo(7);
        assertThat(calibration.uncertainty(new double[N]).gpa()).isCloseTo(96, within(1e-9));
    }

    @Test
    void asksStaticsAboveALimit() {
        List<Double> thirteen = Collections.nCopies(N, 1.0);
        Calibration calibration = new Calibration(1, List.of(0.95), List.of(1.0), thirteen, 50, 0);
        double[][] spreads = {new double[N], new double[N], new double[N]};
        double[][] errors = {new double[N], new double[N], new double[N]};
        spreads[1][4] = 0.5;   // bounds 1, 1.5 and 10
        spreads[2][0] = 9;
        errors[0][2] = -0.5;
        errors[1][2] = 5;
        errors[2][2] = 20;
        Map<Double, Reliability.Triage> triage = new HashMap<>();
        Reliability.of(calibration, errors, spreads).triage().forEach(t -> triage.put(t.limit(), t));
        assertThat(triage.get(0.5).answered()).isZero();
        assertThat(triage.get(0.5).within()).isEqualTo(1);
        assertThat(triage.get(0.5).rmse()).isNull();
        assertThat(triage.get(1.0).answered()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(triage.get(1.0).rmse()).isCloseTo(0.5 / Math.sqrt(N), within(1e-12));
        assertThat(triage.get(2.0).answered()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(triage.get(2.0).within()).isCloseTo(2 / 3.0, within(1e-12));
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
    }

    @Test
    void needsSamples() {
        Samples few = Samples.draw(39, 1);
        assertThatThrownBy(() -> Calibration.fit(few.errors, few.spreads, 0)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("39");
        Calibration calibration = Calibration.fit(Samples.draw(40, 1).errors, Samples.draw(40, 1).spreads, 0);
        assertThat(calibration.levels()).doesNotContain(0.99);
        assertThatThrownBy(() -> Reliability.of(calibration, new double[0][], new double[0][]))
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
