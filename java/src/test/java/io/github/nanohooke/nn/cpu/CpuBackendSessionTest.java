// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.suite.OperationCase;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the native library adds to the suite: threads, instruction sets, and the ownership of memory. */
class CpuBackendSessionTest {
    private static final OperationCase CASE = OperationCase.parse(
            "1x32x32 conv5p4 relu pool conv20z6 relu pool dense16 relu dense13 batch=5 images=bits");

    private final Backend backend = Backends.open("cpu");

    @Test
    void threadsChangeNoBit() {
        try (NetworkSession one = open(1); NetworkSession two = open(2)) {
            assertThat(two.numerics()).isEqualTo(one.numerics());
            assertThat(one.describe()).contains(", 1 thread");
            assertThat(two.describe()).contains(", 2 threads");
            same(one, two, NetworkSession::parameters);
            same(one, two, CpuBackendSessionTest::results);
            same(one, two, CpuBackendSessionTest::imageGradient);
            same(one, two, NetworkSession::gradient);
            for (int step = 0; step < 3; step++) {
                assertThat(train(two)).isEqualTo(train(one)).isPositive();
                same(one, two, NetworkSession::parameters);
                same(one, two, NetworkSession::gradient);
            }
            same(one, two, session -> session.adamState().first());
            same(one, two, session -> session.adamState().second());
        }
    }

    @Test
    void onlyTheNeededPartOfAnArrayIsReadOrWritten() {
        float[] longer = new float[7 * 13];
        Arrays.fill(longer, 7);
        try (NetworkSession session = open(1)) {
            float[] exact = results(session);
            ImageBatch.Bits images = (ImageBatch.Bits) CASE.images();
            session.forward(ImageBatch.bits(5, Arrays.copyOf(images.data(), images.data().length + 9)), longer);
            assertThat(Arrays.copyOf(longer, exact.length)).isEqualTo(exact);
            assertThat(Arrays.copyOfRange(longer, exact.length, longer.length)).containsOnly(7f);
        }
    }

    @Test
    void theStateComesBackAsItWasSet() {
        try (NetworkSession session = open(1)) {
            float[] first = new float[session.parameterCount()];
            float[] second = new float[session.parameterCount()];
            for (int i = 0; i < first.length; i++) {
                first[i] = -1e-3f * i;
                second[i] = 1e-5f * i;
            }
            session.setAdamState(new AdamState(first, second, 12345678901L));
            AdamState state = session.adamState();
            assertThat(state.first()).isEqualTo(first);
            assertThat(state.second()).isEqualTo(second);
            assertThat(state.step()).isEqualTo(12345678901L);
            assertThat(session.parameters()).isEqualTo(CASE.parameters());
        }
    }

    @Test
    void aClosedSessionSaysSo() {
        NetworkSession session = open(2);
        session.close();
        session.close();
        String closed = "network case is closed";
        List<Consumer<NetworkSession>> calls = List.of(CpuBackendSessionTest::results, CpuBackendSessionTest::train,
                CpuBackendSessionTest::imageGradient, NetworkSession::parameters, NetworkSession::gradient,
                NetworkSession::adamState, s -> s.setParameters(CASE.parameters()), s -> s.adamStep(0.1f));
        for (Consumer<NetworkSession> call : calls) {
            assertThatThrownBy(() -> call.accept(session)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(closed);
        }
        assertThat(session.describe()).contains("2 threads");
    }

    @Test
    void sessionsAreFreedIndependently() {
        try (NetworkSession kept = open(1)) {
            float[] before = results(kept);
            open(1).close();
            assertThat(results(kept)).isEqualTo(before);
        }
    }

    @Test
    void automaticTakesTheBest() {
        try (NetworkSession session = open(1)) {
            assertThat(session.numerics()).isEqualTo("cpu " + backend.instructionSets().get(0));
        }
        assertThat(backend.instructionSets()).last().isEqualTo("plain");
    }

    @Test
    void anUnknownInstructionSetIsRefused() {
        refused(SessionOptions.inference(1).withInstructionSet("avx1024"),
                "cannot open network case: there is no instruction set 'avx1024'", "plain", "'auto'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx2", "avx512"})
    void anInstructionSetThatTheMachineLacksIsRefused(String name) {
        assumeFalse(backend.instructionSets().contains(name), () -> "this machine has " + name);
        refused(SessionOptions.inference(1).withInstructionSet(name),
                "no instruction set '" + name + "' here", "plain");
    }

    @Test
    void limitsOfTheLibraryAreNamed() {
        refused(SessionOptions.inference(1).withThreads(257), "threads must be 1 to 256, not 257");
        refused(SessionOptions.training(65537), "max_batch must be 1 to 65536, not 65537");
        assertThatThrownBy(() -> backend.memoryBytes(CASE.definition(), SessionOptions.training(65537)))
                .isInstanceOf(NetworkException.class).hasMessageContaining("65537");
    }

    @Test
    void memoryGrowsWithBatchAndThreads() {
        SessionOptions small = SessionOptions.training(1);
        long bytes = backend.memoryBytes(CASE.definition(), small);
        assertThat(backend.memoryBytes(CASE.definition(), SessionOptions.training(64))).isGreaterThan(bytes);
        assertThat(backend.memoryBytes(CASE.definition(), small.withThreads(8))).isGreaterThan(bytes);
    }

    private NetworkSession open(int threads) {
        NetworkSession session = backend.open(CASE.definition(),
                SessionOptions.training(CASE.batch()).withThreads(threads));
        session.setParameters(CASE.parameters());
        return session;
    }

    private void refused(SessionOptions options, String... reasons) {
        assertThatThrownBy(() -> backend.open(CASE.definition(), options)).isInstanceOf(NetworkException.class)
                .hasMessageContainingAll(reasons);
    }

    private interface Reading {
        float[] of(NetworkSession session);
    }

    private static void same(NetworkSession one, NetworkSession two, Reading reading) {
        float[] values = reading.of(one);
        // Array equality compares bits, but zeros and NaN everywhere would be equal too.
        assertThat(values).matches(all -> allFinite(all) && someNotZero(all), "finite, and not all zero");
        assertThat(reading.of(two)).isEqualTo(values);
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean someNotZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private static float[] results(NetworkSession session) {
        float[] results = new float[5 * 13];
        session.forward(CASE.images(), results);
        return results;
    }

    /** Also leaves the parameters' gradient. */
    private static float[] imageGradient(NetworkSession session) {
        session.forwardForTraining(CASE.images(), new float[5 * 13]);
        session.backward(CASE.results(1));
        float[] gradient = new float[5 * 32 * 32];
        session.inputGradient(CASE.results(1), gradient);
        return gradient;
    }

    private static double train(NetworkSession session) {
        return session.trainStep(CASE.images(), CASE.results(2), 1e-3f);
    }
}
