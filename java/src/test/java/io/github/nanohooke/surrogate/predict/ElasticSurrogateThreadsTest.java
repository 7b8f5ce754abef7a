// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many threads at one surrogate, and its end. */
@Timeout(60)
class ElasticSurrogateThreadsTest {
    private static final int CALLERS = 8;
    private static final List<StructureImage> IMAGES = TestModels.images(CALLERS);

    @ParameterizedTest
    @CsvSource({"1, 1, false", "1, 2, false", "3, 1, false", "3, 2, true"})
    void everyCallerGetsItsOwnResult(int sessions, int threads, boolean average) throws Exception {
        SurrogateOptions options = SurrogateOptions.defaults().withSessions(sessions).withThreads(threads)
                .withAverage(average).withBatch(4);
        ModelFile model = TestModels.random("direct", 1);
        List<ElasticTensor> expected = new ArrayList<>();
        List<double[]> gradients = new ArrayList<>();
        try (ElasticSurrogate serial = ElasticSurrogate.of("serial", model,
                options.withSessions(1).withThreads(1))) {
            for (StructureImage image : IMAGES) {
                expected.add(serial.predict(image));
                gradients.add(serial.gradient(image, "C22"));
            }
        }
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("shared", model, options)) {
            together(caller -> {
                double[] all = new double[CALLERS * ElasticConstants.COUNT];
                for (int round = 0; round < 20; round++) {
                    int image = (caller + round) % CALLERS;
                    assertThat(surrogate.predict(IMAGES.get(image))).isEqualTo(expected.get(image));
                    surrogate.predict(IMAGES, all);
                    assertThat(all[0]).isEqualTo(expected.get(0).get(0, 0));
                    if (round % 5 == 0) {
                        assertThat(surrogate.gradient(IMAGES.get(image), "C22")).isEqualTo(gradients.get(image));
                    }
                }
            });
        }
    }

    @Test
    void aClosedSurrogateSaysSo() {
        ElasticSurrogate surrogate = ElasticSurrogate.of("model.safetensors", TestModels.random("direct", 1),
                SurrogateOptions.defaults());
        surrogate.gradient(IMAGES.get(0), "C11");
        surrogate.close();
        surrogate.close();
        List<Consumer<ElasticSurrogate>> calls = List.of(s -> s.predict(IMAGES.get(0)),
                s -> s.predict(IMAGES, new double[CALLERS * 13]), s -> s.predict(new byte[32], 1, new double[13]),
                s -> s.gradient(IMAGES.get(0), "C11"));
        for (Consumer<ElasticSurrogate> call : calls) {
            assertThatThrownBy(() -> call.accept(surrogate)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("surrogate of model.safetensors is closed");
        }
        assertThat(surrogate.toString()).contains("model.safetensors");
    }

    @Test
    void closingWaitsForCallsUnderWayAndTurnsAwayTheOthers() throws Exception {
        ElasticSurrogate surrogate = ElasticSurrogate.of("test", TestModels.random("direct", 1),
                SurrogateOptions.defaults().withSessions(2));
        ElasticTensor expected = surrogate.predict(IMAGES.get(0));
        CountDownLatch started = new CountDownLatch(CALLERS);
        together(caller -> {
            if (caller == 0) {
                started.countDown();
                started.await();
                surrogate.close();
                return;
            }
            boolean closed = false;
            started.countDown();
            while (!closed) {
                try {
                    assertThat(surrogate.predict(IMAGES.get(0))).isEqualTo(expected);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("is closed");
                    closed = true;
                }
            }
        });
    }

    @Test
    void aFailedCallLeavesTheSessionToTheNext() {
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", TestModels.random("direct", 1),
                SurrogateOptions.defaults())) {
            ElasticTensor expected = surrogate.predict(IMAGES.get(0));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> surrogate.predict(TestData.randomImage(8, 1)));
                assertThatThrownBy(() -> surrogate.predict(IMAGES, new double[1]));
            }
            assertThat(surrogate.predict(IMAGES.get(0))).isEqualTo(expected);
        }
    }

    private interface Task {
        void run(int caller) throws Exception;
    }

    private static void together(Task task) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                Callable<Void> work = () -> {
                    task.run(caller);
                    return null;
                };
                running.add(callers.submit(work));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a caller failed", e.getCause());
        } finally {
            callers.shutdownNow();
        }
    }
}
