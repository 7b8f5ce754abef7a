// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.ImageCode;
import io.github.nanohooke.nn.Loss;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a backend must do in training: the part of {@link BackendSuite} about head, loss, optimiser and stretches. */
abstract class TrainingSuite extends SuiteBase {

    /** Allowed error of gradients on the ladder, relative to the largest of their block. */
    private static final double LADDER_GRADIENT_TOLERANCE = 1e-5;

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
            Loss loss = new Loss(c.head(), c.objective(), d.length / c.batch());
            for (int image = 0; image < c.batch(); image++) {
                double[] dRaw = new double[d.length / c.batch()];
                loss.ofImage(doubles(results, image * dRaw.length, dRaw.length), targets, image, c.batch(), dRaw);
                for (int k = 0; k < dRaw.length; k++) {
                    d[image * dRaw.length + k] = (float) dRaw[k];
                }
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
    void gradientsOfTheLossMatchTheReference(OperationCase c) {
        float[] targets = c.results(2);
        try (NetworkSession expected = openForTraining(reference, c);
                NetworkSession actual = openForTraining(backend(), c)) {
            expected.trainStep(c.images(), targets, 0);
            actual.trainStep(c.images(), targets, 0);
            for (ParameterTable.Block block : c.definition().parameters().blocks()) {
                Comparison.close("gradient of the loss by " + block.name(), slice(expected.gradient(), block),
                        slice(actual.gradient(), block), c.tolerance(), repro(c));
            }
        }
    }

    /** Layers are differenced elsewhere; the last biases carry the derivative of head and objective alone. */
    @ParameterizedTest
    @MethodSource("cases")
    void gradientsOfTheLossMatchFiniteDifferences(OperationCase c) {
        float[] targets = c.results(2);
        ParameterTable table = c.definition().parameters();
        ParameterTable.Block biases = table.blocks().get(table.blocks().size() - 1);
        try (NetworkSession session = openForTraining(backend(), c)) {
            session.trainStep(c.images(), targets, 0);
            float[] gradient = slice(session.gradient(), biases);
            float[] differences = new float[gradient.length];
            for (int k = 0; k < differences.length; k++) {
                float[] direction = new float[table.count()];
                direction[biases.offset() + k] = 1;
                double[] minimised = new double[2];
                for (int side = 0; side < 2; side++) {
                    session.setParameters(moved(c.parameters(), direction, side == 0 ? 1e-2 : -1e-2));
                    minimised[side] = minimised(session, c, targets);
                }
                differences[k] = (float) ((minimised[0] - minimised[1]) / 2e-2);
            }
            Comparison.close("gradient of the loss", differences, gradient, 1e-3, repro(c));
        }
    }

    /** What a step at these parameters minimises; where that is the squared error, it is the loss that a step gives. */
    private double minimised(NetworkSession session, OperationCase c, float[] targets) {
        double loss = session.trainStep(c.images(), targets, 0);
        float[] results = new float[targets.length];
        session.forwardForTraining(c.images(), results);
        int outputs = c.definition().outputs();
        double[] values = new double[results.length];
        for (int image = 0; image < c.batch(); image++) {
            System.arraycopy(c.values(doubles(results, image * outputs, outputs)), 0, values, image * outputs, outputs);
        }
        double minimised = c.minimised(values, targets);
        if (!c.relative()) {
            assertThat(loss).as("REPRODUCE: %s", repro(c)).isCloseTo(minimised, withinPercentage(1e-3));
        }
        return minimised;
    }

    /** A stretch is its steps, on images that were moved by their codes: to the bit, in two stretches as in one. */
    @ParameterizedTest
    @ValueSource(strings = {"direct", "factor", "factor loss=relative"})
    void aStretchIsItsSteps(String head) {
        OperationCase c = OperationCase.parse("1x16x16 conv5p3 relu pool dense6 batch=4 images=bits head=" + head);
        Samples samples = new Samples(c);
        long[] codes = samples.codes(11);
        float[] rates = {1e-3f, 2e-3f, 3e-3f, 4e-3f};
        double[] losses = new double[4];
        try (NetworkSession steps = openForTraining(backend(), c);
                NetworkSession whole = openForTraining(backend(), c);
                NetworkSession parts = openForTraining(backend(), c)) {
            whole.setTrainingSet(samples);
            parts.setTrainingSet(samples);
            assertThat(whole.train(codes, 3, rates, losses)).isEqualTo(4);
            for (int step = 0; step < 4; step++) {
                int count = Math.min(3, codes.length - 3 * step);
                assertThat(steps.trainStep(samples.images(codes, 3 * step, count), samples.targets(codes, 3 * step,
                        count), rates[step])).as("loss of step %d", step).isEqualTo(losses[step]).isPositive();
            }
            double[] first = new double[2];
            double[] second = new double[2];
            parts.train(Arrays.copyOf(codes, 6), 3, Arrays.copyOf(rates, 2), first);
            parts.train(Arrays.copyOfRange(codes, 6, 11), 3, Arrays.copyOfRange(rates, 2, 4), second);
            assertThat(new double[] {first[0], first[1], second[0], second[1]}).isEqualTo(losses);
            for (NetworkSession other : List.of(steps, parts)) {
                assertThat(other.parameters()).isEqualTo(whole.parameters());
                assertThat(other.adamState().second()).isEqualTo(whole.adamState().second());
                assertThat(other.adamState().step()).isEqualTo(4);
            }
        }
    }

    @Test
    void aStretchEndsAtALossThatIsNotFinite() {
        OperationCase c = OperationCase.parse("1x16x16 conv5p3 relu pool dense6 batch=4 images=bits head=factor");
        Samples samples = new Samples(c);
        long[] codes = samples.codes(6);
        double[] losses = {-1, -1, -1};
        try (NetworkSession session = openForTraining(backend(), c);
                NetworkSession before = openForTraining(backend(), c)) {
            session.setTrainingSet(samples.poisonedAt(ImageCode.of(codes[3]).sample()));
            before.setTrainingSet(samples);
            before.train(Arrays.copyOf(codes, 2), 2, new float[] {1e-3f}, new double[1]);
            assertThat(session.train(codes, 2, new float[] {1e-3f, 1e-3f, 1e-3f}, losses)).isEqualTo(2);
            assertThat(losses[0]).isPositive();
            assertThat(losses[1]).isNaN();
            assertThat(losses[2]).as("not computed").isEqualTo(-1);
            assertThat(session.parameters()).isEqualTo(before.parameters());
            assertThat(session.adamState().first()).isEqualTo(before.adamState().first());
            assertThat(session.adamState().step()).isEqualTo(1);
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
    @ValueSource(strings = {"zero", "periodic", "factor"})
    void trainingClimbsTheLadderOfPyTorch(String name) {
        Ladder ladder = Ladder.read(name);
        String repro = OperationCase.command(getClass().getSimpleName() + "#trainingClimbs*");
        ImageBatch images = ladder.images();
        float[] results = new float[ladder.results().length];
        try (NetworkSession session = backend().open(ladder.definition(),
                options(SessionOptions.training(images.count()).withHead(ladder.head())))) {
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

    /** The mean squared error of the head's values, from the reference's raw outputs. */
    private double referenceLoss(OperationCase c, float[] parameters, float[] targets) {
        float[] results = new float[targets.length];
        try (NetworkSession session = reference.open(c.definition(), SessionOptions.inference(c.batch()))) {
            session.setParameters(parameters);
            session.forward(c.images(), results);
        }
        int outputs = c.definition().outputs();
        double loss = 0;
        for (int image = 0; image < c.batch(); image++) {
            double[] values = c.values(doubles(results, image * outputs, outputs));
            for (int k = 0; k < outputs; k++) {
                loss += Math.pow(values[k] - targets[image * outputs + k], 2) / results.length;
            }
        }
        return loss;
    }

    private static double[] doubles(float[] values, int offset, int count) {
        double[] result = new double[count];
        Arrays.setAll(result, k -> values[offset + k]);
        return result;
    }
}
