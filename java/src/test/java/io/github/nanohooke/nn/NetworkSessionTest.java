// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks that stand before every backend. */
class NetworkSessionTest {
    private final NetworkDefinition network =
            Presets.network("n", 8, 3, new int[] {2}, Padding.ZERO, new int[0], 3);
    private final NetworkSession session = new ReferenceBackend().open(network, SessionOptions.training(2));
    private final ImageBatch images = ImageBatch.floats(2, new float[128]);
    private final float[] results = new float[6];

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        refused("images need 128 values, the array has 127",
                () -> session.forward(ImageBatch.floats(2, new float[127]), results));
        refused("images need 16 bytes, the array has 15",
                () -> session.forward(ImageBatch.bits(2, new byte[15]), results));
        refused("results need 6 values, the array has 5", () -> session.forward(images, new float[5]));
        refused("targets need 6 values, the array has 5", () -> session.trainStep(images, new float[5], 0.1f));
        refused("are 119 values, got 3", () -> session.setParameters(new float[3]));
        refused("are 119 values, got 3", () -> session.setAdamState(AdamState.initial(3)));
        session.forwardForTraining(images, results);
        refused("dResults need 6 values", () -> session.backward(new float[5]));
        refused("dImages need 128 values", () -> session.inputGradient(results, new float[127]));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refused("1 to 2 images, got 3", () -> session.forward(ImageBatch.floats(3, new float[192]), new float[9]));
        refused("1 to 2 images, got 0", () -> session.forward(ImageBatch.floats(0, new float[0]), results));
        refused("got NaN", () -> session.trainStep(images, results, Float.NaN));
        refused("got -1.0", () -> session.trainStep(images, results, -1));
        float[] parameters = session.parameters();
        parameters[19] = Float.NaN;
        refused("parameter 19 (convolution1.bias) is NaN", () -> session.setParameters(parameters));
        refused("at least 1", () -> SessionOptions.inference(0));
        refused("at least one thread", () -> SessionOptions.inference(1).withThreads(0));
        refused("differ in length", () -> new AdamState(new float[1], new float[2], 0));
        refused("negative", () -> new AdamState(new float[1], new float[1], -1));
    }

    @Test
    void callsOutOfOrderAreRefused() {
        wrongState("needs the activations", () -> session.backward(results));
        wrongState("needs a gradient", session::gradient);
        wrongState("needs a gradient", () -> session.adamStep(0.1f));
        session.forwardForTraining(images, results);
        session.setParameters(session.parameters());
        wrongState("needs the activations", () -> session.backward(results));
        session.forwardForTraining(images, results);
        session.forward(images, results);
        wrongState("needs the activations", () -> session.inputGradient(results, new float[128]));
    }

    /** One black sample; its targets are zero. */
    private static final TrainingSet ONE = new TrainingSet() {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public byte[] image(int sample) {
            return new byte[8];
        }

        @Override
        public void targets(int sample, SquareSymmetry symmetry, float[] targets, int offset) {
            // zero already
        }
    };

    @Test
    void stretchesThatDoNotFitAreRefused() {
        long[] codes = new long[3];
        float[] rates = {0.1f, 0.1f};
        double[] losses = new double[2];
        wrongState("needs a training set", () -> session.train(codes, 2, rates, losses));
        session.setTrainingSet(ONE);
        refused("1 to 2 images, got 3", () -> session.train(codes, 3, rates, losses));
        refused("3 images in batches of 2 are 2 steps, got 1 rates", () -> session.train(codes, 2, new float[1],
                losses));
        refused("room for 1 losses", () -> session.train(codes, 2, rates, new double[1]));
        refused("got -0.1", () -> session.train(codes, 2, new float[] {0.1f, -0.1f}, losses));
        refused("none of the 1 samples", () -> session.train(new long[] {0, 0, 1}, 2, rates, losses));
        assertThatCode(() -> session.train(codes, 2, rates, losses)).doesNotThrowAnyException();
        NetworkDefinition wide = new NetworkDefinition("wide", new Shape(1, 4, 8), List.of(new Layer.Dense(1)));
        try (NetworkSession other = new ReferenceBackend().open(wide, SessionOptions.training(1))) {
            refused("square images of one channel, network wide takes 1x4x8", () -> other.setTrainingSet(ONE));
        }
    }

    @Test
    void inferenceDoesNotTrain() {
        try (NetworkSession inference = new ReferenceBackend().open(network, SessionOptions.inference(2))) {
            wrongState("trainStep needs a session for training", () -> inference.trainStep(images, results, 0.1f));
            wrongState("setTrainingSet needs a session for training", () -> inference.setTrainingSet(ONE));
            wrongState("adamState needs a session for training", inference::adamState);
            assertThatCode(() -> inference.forward(images, results)).doesNotThrowAnyException();
        }
    }

    @Test
    void aClosedSessionSaysSo() {
        session.close();
        session.close();
        wrongState("network n is closed", () -> session.forward(images, results));
        wrongState("network n is closed", session::parameters);
    }

    @Test
    void bitsNeedOneChannel() {
        NetworkDefinition two = new NetworkDefinition("two", new Shape(2, 4, 4), List.of(new Layer.Dense(1)));
        try (NetworkSession other = new ReferenceBackend().open(two, SessionOptions.inference(1))) {
            refused("bit-packed images have one channel, network two takes 2x4x4",
                    () -> other.forward(ImageBatch.bits(1, new byte[8]), results));
        }
    }

    private static void refused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
    }

    private static void wrongState(String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining(reason);
    }
}
