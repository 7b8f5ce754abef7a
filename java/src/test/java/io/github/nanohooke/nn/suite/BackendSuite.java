// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.random.Xoshiro256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a backend must do. A backend is done when a test class of two lines, which extends this one and opens it,
 * passes: results and gradients against the reference, gradients against finite differences of its own results, the
 * optimiser against its formula, training against PyTorch, bit-exact resume, and support of the presets.
 * {@link BackendPerformance} times the same cases.
 *
 * <p>A failure ends with one line, REPRODUCE, that runs the failed case alone.
 */
public abstract class BackendSuite extends TrainingSuite {

    @ParameterizedTest
    @MethodSource("cases")
    void resultsMatchTheReference(OperationCase c) {
        float[] expected = forward(reference, c);
        Comparison.close("results", expected, forward(backend(), c), c.tolerance(), repro(c));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsDoNotDependOnTheSplitIntoBatches(OperationCase c) {
        float[] whole = forward(backend(), c);
        float[] parts = new float[whole.length];
        int outputs = c.definition().outputs();
        try (NetworkSession session = open(backend(), c, SessionOptions.inference(c.batch()))) {
            for (int i = 0; i < c.batch(); i++) {
                float[] one = new float[outputs];
                session.forward(c.part(c.images(), i, i + 1), one);
                System.arraycopy(one, 0, parts, i * outputs, outputs);
            }
        }
        Comparison.close("results one by one", whole, parts, c.tolerance(), repro(c));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsMatchTheReference(OperationCase c) {
        float[] d = c.results(1);
        try (NetworkSession expected = openForTraining(reference, c);
                NetworkSession actual = openForTraining(backend(), c)) {
            for (NetworkSession session : List.of(expected, actual)) {
                session.forwardForTraining(c.images(), new float[d.length]);
                session.backward(d);
            }
            float[] expectedGradient = expected.gradient();
            float[] actualGradient = actual.gradient();
            for (ParameterTable.Block block : c.definition().parameters().blocks()) {
                Comparison.close("gradient of " + block.name(), slice(expectedGradient, block),
                        slice(actualGradient, block), c.tolerance(), repro(c));
            }
            Comparison.close("gradient of the images", inputGradient(expected, c, d), inputGradient(actual, c, d),
                    c.tolerance(), repro(c));
            assertThat(actual.gradient()).as("inputGradient leaves the gradient alone").isEqualTo(actualGradient);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsMatchFiniteDifferences(OperationCase c) {
        float[] d = c.results(1);
        try (NetworkSession oracle = openForTraining(reference, c);
                NetworkSession session = openForTraining(backend(), c)) {
            float[] expected = gradient(oracle, c, d);
            float[] actual = gradient(session, c, d);
            int stream = 0;
            for (ParameterTable.Block block : c.definition().parameters().blocks()) {
                Xoshiro256 random = new Xoshiro256(c.seed(), 4, stream++);
                Probe probe = Probe.smooth(expected, alongParameters(oracle, c, d), () -> {
                    float[] direction = new float[expected.length];
                    random.fillNormal(direction, block.offset(), block.offset() + block.count(),
                            Math.sqrt(1.0 / block.fanIn()));
                    return direction;
                });
                probe.check("gradient of " + block.name(), actual, alongParameters(session, c, d), repro(c));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void imageGradientsMatchFiniteDifferences(OperationCase c) {
        float[] d = c.results(1);
        if (!(c.images() instanceof ImageBatch.Floats images)) {
            return; // a bit has no neighbourhood to take a difference in; the comparison with the reference covers it
        }
        try (NetworkSession oracle = openForTraining(reference, c);
                NetworkSession session = openForTraining(backend(), c)) {
            oracle.forwardForTraining(images, new float[d.length]);
            session.forwardForTraining(images, new float[d.length]);
            Xoshiro256 random = new Xoshiro256(c.seed(), 5);
            Probe probe = Probe.smooth(inputGradient(oracle, c, d), alongImages(oracle, images, d), () -> {
                float[] direction = new float[images.data().length];
                random.fillNormal(direction, 0, direction.length, 1);
                return direction;
            });
            float[] actual = inputGradient(session, c, d);
            probe.check("gradient of the images", actual, alongImages(session, images, d), repro(c));
        }
    }

    @Test
    void everyPresetIsSupportedAndItsMemoryIsKnown() {
        for (String name : List.of("paper", "periodic")) {
            var definition = Presets.named(name);
            assertThat(backend().unsupported(definition)).as(name).isEmpty();
            long inference = backend().memoryBytes(definition, options(SessionOptions.inference(1)));
            long training = backend().memoryBytes(definition, options(SessionOptions.training(8)));
            assertThat(inference).isGreaterThan(4L * definition.parameters().count());
            assertThat(training).isGreaterThan(inference + 12L * definition.parameters().count());
        }
    }
}
