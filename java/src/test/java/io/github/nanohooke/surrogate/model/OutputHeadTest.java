// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class OutputHeadTest {
    /** A sheared crystal of aluminium with pores: all thirteen constants differ from zero. */
    private static final double[] CONSTANTS = {97, 92, 104, 49, 52, 50, 29, 27, 25, 3, -2, 1, -0.5};

    @Test
    void zerosOfTheCholeskyHeadGiveTheConstantsItWasMadeAround() {
        double[] constants = new double[13];
        OutputHead.Cholesky.around(CONSTANTS, 20).constants(new double[13], constants);
        assertThat(constants).containsExactly(CONSTANTS, within(1e-12));
    }

    /** The factor by hand, from its definition C = modulus L L^T. */
    @Test
    void theCholeskyHeadIsTheSquareOfItsFactor() {
        double[] raw = {1, 2, 3, 0.1, 0.2, 0.3, 4, 5, 6, 0.4, 0.5, 0.6, 0.7};
        double[] d = Arrays.stream(raw).map(z -> Math.log(1 + Math.exp(z))).toArray();
        double[] constants = new double[13];
        new OutputHead.Cholesky(Collections.nCopies(13, 0.0), 20, 10).constants(raw, constants);
        double c26 = 0.4 * 0.1 + 0.5 * d[1];
        double c66 = 0.4 * 0.4 + 0.5 * 0.5 + 0.6 * 0.6 + d[8] * d[8];
        double c23 = 0.1 * 0.2 + d[1] * 0.3;
        assertThat(constants[ElasticConstants.indexOf("C11")]).isCloseTo(10 * d[0] * d[0], within(1e-12));
        assertThat(constants[ElasticConstants.indexOf("C26")]).isCloseTo(10 * c26, within(1e-12));
        assertThat(constants[ElasticConstants.indexOf("C66")]).isCloseTo(10 * c66, within(1e-12));
        assertThat(constants[ElasticConstants.indexOf("C23")]).isCloseTo(10 * c23, within(1e-12));
        assertThat(constants[ElasticConstants.indexOf("C45")]).isCloseTo(10 * d[6] * 0.7, within(1e-12));
        assertThat(constants[ElasticConstants.indexOf("C55")]).isCloseTo(10 * (0.49 + d[7] * d[7]), within(1e-12));
    }

    /** Raw numbers of order one are what training leaves; here they go up to some twenty. */
    @Property(tries = 200)
    void theCholeskyHeadIsAlwaysPositiveDefinite(@ForAll long seed,
            @ForAll @DoubleRange(min = 0.1, max = 5) double spread) {
        double[] constants = new double[13];
        OutputHead.Cholesky.around(CONSTANTS, 20).constants(random(seed, spread), constants);
        ElasticTensor tensor = ElasticConstants.toTensor(constants);
        assertThat(tensor.smallestEigenvalue()).isPositive();
    }

    @Property(tries = 50)
    void gradientsMatchFiniteDifferences(@ForAll long seed) {
        List<Double> offset = Arrays.stream(CONSTANTS).boxed().toList();
        for (OutputHead head : List.of(new OutputHead.Direct(offset, 20), OutputHead.Cholesky.around(CONSTANTS, 20))) {
            double[] raw = random(seed, 1);
            double[] weights = random(seed + 1, 1);
            double[] gradient = new double[13];
            head.backward(raw, weights, gradient);
            for (int k = 0; k < 13; k++) {
                double h = 1e-5;
                double up = weighted(head, raw, k, h, weights);
                double difference = (up - weighted(head, raw, k, -h, weights)) / (2 * h);
                assertThat(gradient[k]).as("%s, raw %d", head, k)
                        .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    private static double weighted(OutputHead head, double[] raw, int k, double h, double[] weights) {
        double[] moved = raw.clone();
        moved[k] += h;
        double[] constants = new double[13];
        head.constants(moved, constants);
        double sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += weights[i] * constants[i];
        }
        return sum;
    }

    private static double[] random(long seed, double spread) {
        float[] values = new float[13];
        new Xoshiro256(seed).fillNormal(values, 0, 13, spread);
        double[] result = new double[13];
        Arrays.setAll(result, i -> values[i]);
        return result;
    }

    @Test
    void largeRawNumbersNeitherOverflowNorVanish() {
        OutputHead head = new OutputHead.Cholesky(Collections.nCopies(13, 0.0), 20, 1);
        double[] constants = new double[13];
        double[] raw = new double[13];
        raw[0] = 1000;
        raw[1] = -700;
        head.constants(raw, constants);
        assertThat(constants[0]).isEqualTo(1e6);
        double[] gradient = new double[13];
        double[] ones = new double[13];
        Arrays.fill(ones, 1);
        head.backward(raw, ones, gradient);
        assertThat(gradient).doesNotContain(Double.NaN);
        assertThat(gradient[0]).isEqualTo(2000);
    }

    @Test
    void badHeadsAreRefused() {
        assertThatThrownBy(() -> new OutputHead.Direct(List.of(1.0), 1)).hasMessageContaining("13 finite offsets");
        assertThatThrownBy(() -> new OutputHead.Direct(Collections.nCopies(13, Double.NaN), 1))
                .hasMessageContaining("13 finite offsets");
        assertThatThrownBy(() -> new OutputHead.Cholesky(Collections.nCopies(13, 0.0), 0, 1))
                .hasMessageContaining("positive scale");
        assertThatThrownBy(() -> new OutputHead.Cholesky(Collections.nCopies(13, 0.0), 1, -1))
                .hasMessageContaining("positive scale");
        double[] unstable = CONSTANTS.clone();
        unstable[3] = 200;
        assertThatThrownBy(() -> OutputHead.Cholesky.around(unstable, 20)).hasMessageContaining("no positive definite");
    }

    @Test
    void statisticsAreThoseOfAllOrientations() {
        TestData data = TestData.random(20, 3);
        TargetStatistics statistics = TargetStatistics.of(data);
        List<Double> mean = statistics.mean();
        double c11 = 0;
        double c22 = 0;
        for (int i = 0; i < 20; i++) {
            c11 += data.constants(i)[0] / 20;
            c22 += data.constants(i)[1] / 20;
        }
        assertThat(mean.get(0)).isCloseTo((c11 + c22) / 2, within(1e-9)).isCloseTo(mean.get(1), within(1e-9));
        assertThat(statistics.scale()).isPositive();
        assertThat(statistics.head("direct")).isInstanceOf(OutputHead.Direct.class);
        double[] constants = new double[13];
        statistics.head("cholesky").constants(new double[13], constants);
        assertThat(constants[0]).isCloseTo(mean.get(0), within(1e-9));
        assertThatThrownBy(() -> statistics.head("softmax")).hasMessageContaining("direct and cholesky");
    }

    /** Files of the first versions do not tell them: then they are those of the head, whoever learnt from these. */
    @Test
    void aModelTellsWhatItHasLearntFrom() {
        for (String head : List.of("direct", "cholesky")) {
            ModelFile model = TestModels.random(head, 1);
            TrainingConstants untold = TrainingConstants.of(model);
            assertThat(untold.statistics().scale()).isEqualTo(model.head().scale());
            double[] mean = new double[13];
            model.head().constants(new double[13], mean);
            assertThat(untold.statistics().mean()).containsExactly(Arrays.stream(mean).boxed().toArray(Double[]::new));
            assertThat(untold.part()).isEqualTo("the training part");
            ModelFile begun = model.with(Map.of("begun from", "weights with CRC-32C 00000000"), Map.of());
            assertThat(TrainingConstants.of(begun)).isEqualTo(new TrainingConstants(untold.statistics(), false));
            assertThat(TrainingConstants.of(begun).part()).contains("the first network");
            TrainingConstants own = TrainingConstants.own(TestData.random(20, 3));
            assertThat(TrainingConstants.of(begun.with(own.provenance(), Map.of()))).isEqualTo(own)
                    .isNotEqualTo(untold);
            for (String bad : List.of("{}", "{\"mean\":[1],\"scale\":1}", "{\"mean\":null,\"scale\":1}",
                    own.provenance().get("training constants").replaceAll("\"scale\":.*", "\"scale\":0}"))) {
                ModelFile damaged = model.with(Map.of("training constants", bad), Map.of());
                assertThatThrownBy(() -> TrainingConstants.of(damaged)).isInstanceOf(SurrogateException.class)
                        .hasMessageContaining("training constants");
            }
        }
    }

    @Test
    void dataWithoutContentAreRefused() {
        TestData one = TestData.random(1, 1);
        TestData equal = new TestData(Collections.nCopies(2, one.image(0)),
                Collections.nCopies(2, ElasticConstants.of(ElasticTensor.cubic(114, 62, 32))), "");
        assertThatThrownBy(() -> TargetStatistics.of(new TestData(List.of(), List.of(), "")))
                .hasMessageContaining("no training samples");
        assertThatThrownBy(() -> TargetStatistics.of(equal)).hasMessageContaining("nothing to learn");
        double[] bad = one.constants(0);
        bad[4] = Double.NaN;
        assertThatThrownBy(() -> TargetStatistics.of(new TestData(one.images(), List.of(bad), "")))
                .hasMessageContaining("sample 0").hasMessageContaining("NaN");
    }
}
