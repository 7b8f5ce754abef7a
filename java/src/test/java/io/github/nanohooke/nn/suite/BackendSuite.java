// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.Xoshiro256;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a backend must do. A backend is done when a test class of two lines, which extends this one and opens it,
 * passes: results and gradients against the reference, gradients against finite differences of its own results, the
 * optimiser against its formula, training against PyTorch, bit-exact resume, and support of the presets.
 * {@link BackendPerformance} times the same cases.
 *
 * <p>A failure ends with one line, REPRODUCE, that runs the failed case alone.
 */
public abstract class BackendSuite {

    /** Allowed error of gradients on the ladder, relative to the largest of their block. */
    private static final double LADDER_GRADIENT_TOLERANCE = 1e-5;

    private final Backend reference = new ReferenceBackend();

    /** The backend under test. */
    protected abstract Backend backend();

    /** The options under test; a subclass may force threads or an instruction set. */
    protected SessionOptions options(SessionOptions options) {
        return options;
    }

    static Stream<OperationCase> cases() {
        return OperationCases.all();
    }

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

    /** Adam is checked with the backend's own gradient, because where a gradient is all rounding its sign decides. */
    @ParameterizedTest
    @MethodSource("cases")
    void trainingStepsFollowTheirFormula(OperationCase c) {
        float rate = 1e-3f;
        float[] targets = c.results(2);
        try (NetworkSession session = openForTraining(backend(), c)) {
            for (int step = 1; step <= 3; step++) {
                float[] before = session.parameters();
                AdamState state = session.adamState();
                assertThat(state.step()).isEqualTo(step - 1);
                double expectedLoss = referenceLoss(c, before, targets);
                double loss = session.trainStep(c.images(), targets, rate);
                assertThat(loss).as("loss of step %d, REPRODUCE: %s", step, repro(c))
                        .isCloseTo(expectedLoss, withinPercentage(1e-3));
                AdamFormula expected = AdamFormula.step(before, session.gradient(), state, rate);
                AdamState after = session.adamState();
                Comparison.close("first moment", expected.first(), after.first(), 1e-6, repro(c));
                Comparison.close("second moment", expected.second(), after.second(), 1e-6, repro(c));
                Comparison.close("change of the parameters", expected.change(),
                        difference(session.parameters(), before), 2e-3, repro(c));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneTrainingStepIsForwardBackwardAndAdam(OperationCase c) {
        float[] targets = c.results(2);
        try (NetworkSession whole = openForTraining(backend(), c);
                NetworkSession parts = openForTraining(backend(), c)) {
            whole.trainStep(c.images(), targets, 1e-3f);
            float[] results = new float[targets.length];
            parts.forwardForTraining(c.images(), results);
            float[] d = new float[targets.length];
            for (int i = 0; i < d.length; i++) {
                d[i] = 2 * (results[i] - targets[i]) / d.length;
            }
            parts.backward(d);
            Comparison.close("gradient", whole.gradient(), parts.gradient(), c.tolerance(), repro(c));
            parts.adamStep(1e-3f);
            assertThat(parts.adamState().step()).isEqualTo(1);
            assertThat(parts.parameters()).as("REPRODUCE: %s", repro(c)).isNotEqualTo(c.parameters());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trainingResumesToTheBit(OperationCase c) {
        float[] targets = c.results(2);
        try (NetworkSession first = openForTraining(backend(), c);
                NetworkSession second = openForTraining(backend(), c)) {
            first.trainStep(c.images(), targets, 1e-3f);
            second.setParameters(first.parameters());
            second.setAdamState(first.adamState());
            for (int step = 0; step < 2; step++) {
                double loss = first.trainStep(c.images(), targets, 1e-3f);
                assertThat(second.trainStep(c.images(), targets, 1e-3f)).as("loss, REPRODUCE: %s", repro(c))
                        .isEqualTo(loss);
            }
            assertThat(second.parameters()).as("parameters, REPRODUCE: %s", repro(c)).isEqualTo(first.parameters());
        }
    }

    /**
     * The ladder against PyTorch: results, loss, every gradient, ten steps of Adam. The last rung is looser because
     * Adam divides by the root of the squared gradient: where a gradient is small, its rounding error is enlarged;
     * where it is within rounding of zero, its sign is chance and so is Adam's step, and nothing is compared.
     */
    @ParameterizedTest
    @ValueSource(strings = {"zero", "periodic"})
    void trainingClimbsTheLadderOfPyTorch(String name) {
        Ladder ladder = Ladder.read(name);
        String repro = OperationCase.command(getClass().getSimpleName() + "#trainingClimbs*");
        ImageBatch images = ladder.images();
        float[] results = new float[ladder.results().length];
        try (NetworkSession session = backend().open(ladder.definition(),
                options(SessionOptions.training(images.count())))) {
            float[] start = Ladder.floats(ladder.flat("start"));
            session.setParameters(start);
            session.forward(images, results);
            Comparison.close("results", Ladder.floats(ladder.results()), results, 2e-6, repro);
            double[] losses = ladder.losses();
            float[] expected = Ladder.floats(ladder.flat("gradient"));
            for (int step = 0; step < losses.length; step++) {
                double loss = session.trainStep(images, ladder.targets(), ladder.rate());
                assertThat(loss).as("loss before step %d", step + 1).isCloseTo(losses[step], withinPercentage(1e-3));
                if (step == 0) {
                    float[] actual = session.gradient();
                    for (ParameterTable.Block block : ladder.definition().parameters().blocks()) {
                        Comparison.close("gradient of " + block.name(), slice(expected, block),
                                slice(actual, block), LADDER_GRADIENT_TOLERANCE, repro);
                    }
                }
            }
            float[] expectedChange = difference(Ladder.floats(ladder.flat("end")), start);
            float[] actualChange = difference(session.parameters(), start);
            for (ParameterTable.Block block : ladder.definition().parameters().blocks()) {
                clearWhereRounding(expected, block, expectedChange, actualChange);
            }
            Comparison.close("change in ten steps", expectedChange, actualChange, 1e-2, repro);
        }
    }

    @Test
    void aLossThatIsNotFiniteChangesNothing() {
        OperationCase c = OperationCase.parse("1x8x8 conv3p2 relu pool dense3 batch=2");
        float[] targets = c.results(2);
        try (NetworkSession session = openForTraining(backend(), c)) {
            session.trainStep(c.images(), targets, 1e-3f);
            float[] parameters = session.parameters();
            AdamState state = session.adamState();
            targets[1] = Float.NaN;
            assertThat(session.trainStep(c.images(), targets, 1e-3f)).isNaN();
            assertThat(session.parameters()).isEqualTo(parameters);
            assertThat(session.adamState().first()).isEqualTo(state.first());
            assertThat(session.adamState().second()).isEqualTo(state.second());
            assertThat(session.adamState().step()).isEqualTo(1);
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

    private static void clearWhereRounding(float[] gradient, ParameterTable.Block block, float[]... changes) {
        double largest = 0;
        for (float value : slice(gradient, block)) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = block.offset(); i < block.offset() + block.count(); i++) {
            if (Math.abs(gradient[i]) <= LADDER_GRADIENT_TOLERANCE * largest) {
                for (float[] change : changes) {
                    change[i] = 0;
                }
            }
        }
    }

    private static float[] gradient(NetworkSession session, OperationCase c, float[] d) {
        session.forwardForTraining(c.images(), new float[d.length]);
        session.backward(d);
        return session.gradient();
    }

    private static Probe.Function alongParameters(NetworkSession session, OperationCase c, float[] d) {
        float[] parameters = c.parameters();
        return (direction, step) -> {
            session.setParameters(moved(parameters, direction, step));
            return weightedSum(session, c.images(), d);
        };
    }

    private static Probe.Function alongImages(NetworkSession session, ImageBatch.Floats images, float[] d) {
        return (direction, step) -> weightedSum(session,
                ImageBatch.floats(images.count(), moved(images.data(), direction, step)), d);
    }

    private static double weightedSum(NetworkSession session, ImageBatch images, float[] weights) {
        float[] results = new float[weights.length];
        session.forward(images, results);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * results[i];
        }
        return sum;
    }

    private double referenceLoss(OperationCase c, float[] parameters, float[] targets) {
        float[] results = new float[targets.length];
        try (NetworkSession session = reference.open(c.definition(), SessionOptions.inference(c.batch()))) {
            session.setParameters(parameters);
            session.forward(c.images(), results);
        }
        double loss = 0;
        for (int i = 0; i < results.length; i++) {
            loss += Math.pow((double) results[i] - targets[i], 2) / results.length;
        }
        return loss;
    }

    private float[] forward(Backend backend, OperationCase c) {
        float[] results = new float[c.batch() * c.definition().outputs()];
        try (NetworkSession session = open(backend, c, SessionOptions.inference(c.batch()))) {
            session.forward(c.images(), results);
        }
        return results;
    }

    private static float[] inputGradient(NetworkSession session, OperationCase c, float[] d) {
        float[] gradient = new float[c.batch() * c.definition().input().size()];
        session.inputGradient(d, gradient);
        return gradient;
    }

    private NetworkSession openForTraining(Backend backend, OperationCase c) {
        return open(backend, c, SessionOptions.training(c.batch()));
    }

    private NetworkSession open(Backend backend, OperationCase c, SessionOptions wanted) {
        assertThat(backend.unsupported(c.definition())).as("support, REPRODUCE: %s", repro(c)).isEmpty();
        NetworkSession session = backend.open(c.definition(), backend == reference ? wanted : options(wanted));
        session.setParameters(c.parameters());
        return session;
    }

    private String repro(OperationCase c) {
        return c.reproduce(getClass());
    }

    private static float[] slice(float[] values, ParameterTable.Block block) {
        return Arrays.copyOfRange(values, block.offset(), block.offset() + block.count());
    }

    private static float[] moved(float[] values, float[] direction, double step) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) (values[i] + step * direction[i]);
        }
        return result;
    }

    private static float[] difference(float[] a, float[] b) {
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i] - b[i];
        }
        return result;
    }
}
