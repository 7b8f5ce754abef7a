// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.train.RunOptions;
import io.github.nanohooke.surrogate.train.Training;
import io.github.nanohooke.surrogate.train.TrainingListener;
import io.github.nanohooke.surrogate.train.TrainingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole trainings, on the host in place of a GPU: what a resumed one goes on with, and after which fault. */
class CudaTrainingTest {
    static {
        StandIns.load();
    }

    private static final int STOP = 5;
    private static final RunOptions STEP_BY_STEP = RunOptions.threads(1).withStretch(Duration.ZERO)
            .withCheckpoints(Duration.ZERO);

    @TempDir
    private Path folder;

    private final TestData samples = TestData.random(40, 1);
    private final List<Double> losses = new ArrayList<>();

    @AfterEach
    void nothingFailsAnyMore() {
        StandIns.failAt(0);
    }

    private Training.Result train(Backend backend, String engine, String to, boolean resume, int stop) {
        AtomicInteger steps = new AtomicInteger();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void step(int epoch, long step, long of, double rmse) {
                losses.add(rmse);
            }
        };
        return new Training(TestData.network(), TargetStatistics.of(samples).head("cholesky"),
                TrainingOptions.defaults().withEpochs(4).withBatch(16), samples, TestData.random(12, 2))
                .run(backend, STEP_BY_STEP.withInstructionSet(engine), folder.resolve(to), resume, listener,
                        () -> steps.incrementAndGet() == stop);
    }

    private static Backend cuda() {
        return new CudaBackend();
    }

    @ParameterizedTest
    @CsvSource({"cuda, cpu", "cpu, cuda"})
    void aRunGoesOnElsewhereToRounding(String first, String second) {
        train(Backends.open("cpu"), "auto", "whole", false, -1);
        List<Double> expected = List.copyOf(losses);
        losses.clear();
        train(Backends.open(first), first.equals("cuda") ? "fft" : "auto", "parts", false, STOP);
        Training.Result result = train(Backends.open(second), second.equals("cuda") ? "fft" : "auto", "parts", true,
                -1);
        assertThat(result.model().provenance().get("backend")).startsWith(second + " ");
        assertThat(losses).hasSameSizeAs(expected);
        for (int step = 0; step < losses.size(); step++) {
            // Images of few pores, whose maxima are ties: rounding decides them, and Adam multiplies that.
            assertThat(losses.get(step) / expected.get(step)).as("loss of step %d", step).isBetween(0.97, 1.03);
        }
        assertThat(losses.get(0) / expected.get(0)).as("the first loss").isBetween(0.99999, 1.00001);
    }

    /** Whichever is faster: a resumed run measures nothing anew. */
    @ParameterizedTest
    @ValueSource(strings = {"fft", "cudnn"})
    void aResumedRunTakesTheEngineOfItsCheckpoint(String engine) {
        Training.Result whole = train(cuda(), engine, "whole", false, -1);
        train(cuda(), engine, "parts", false, STOP);
        Training.Result resumed = train(cuda(), "auto", "parts", true, -1);
        assertThat(resumed.model().provenance().get("backend")).startsWith("cuda " + engine + " fp32");
        assertThat(resumed.model().parameters()).isEqualTo(whole.model().parameters());
    }

    @Test
    void aTrainingResumesToTheBitFromTheCheckpointBeforeAFault() {
        Training.Result whole = train(cuda(), "cudnn", "whole", false, -1);
        long begin = StandIns.calls();
        train(cuda(), "cudnn", "counted", false, -1);
        long calls = StandIns.calls() - begin;
        for (int share = 5; share < 10; share += 3) {
            String to = "after " + share + " of ten";
            StandIns.failAt(calls * share / 10);
            assertThatThrownBy(() -> train(cuda(), "cudnn", to, false, -1)).isInstanceOf(NetworkException.class)
                    .hasMessageContaining("backend cuda").hasMessageMatching("(?s).*(_STATUS_|cudaError).*");
            StandIns.failAt(0);
            Training.Result resumed = train(cuda(), "cudnn", to, Training.begunIn(folder.resolve(to)), -1);
            assertThat(resumed.model().parameters()).as(to).isEqualTo(whole.model().parameters());
        }
    }
}
