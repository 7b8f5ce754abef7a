// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many sessions a surrogate opens, and when. */
@Timeout(60)
class SessionPoolTest {
    private final AtomicInteger opened = new AtomicInteger();

    private SessionPool pool(int limit) {
        return new SessionPool("test", limit, this::open);
    }

    private SessionWorker open() {
        opened.incrementAndGet();
        ModelFile model = TestModels.random("direct", 1);
        return new SessionWorker(new ReferenceBackend().open(model.definition(), SessionOptions.inference(1)),
                model.head());
    }

    @Test
    void oneCallAfterTheOtherTakesOneSession() {
        try (SessionPool pool = pool(5)) {
            assertThat(opened).hasValue(0);
            for (int i = 0; i < 3; i++) {
                assertThat(pool.call(SessionWorker::capacity)).isEqualTo(1);
            }
            assertThat(opened).hasValue(1);
        }
    }

    @Test
    void neverMoreComputeThanTheLimit() throws InterruptedException {
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        try (SessionPool pool = pool(2)) {
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Thread caller = new Thread(() -> pool.call(predictor -> {
                    most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                    both.countDown();
                    awaitQuietly(both);
                    Thread.yield();
                    return computing.decrementAndGet();
                }));
                callers.add(caller);
                caller.start();
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(most).hasValue(2);
        assertThat(opened).hasValue(2);
    }

    @Test
    void aSessionThatCannotBeOpenedLeavesItsPlaceToTheNextCall() {
        AtomicInteger tries = new AtomicInteger();
        try (SessionPool pool = new SessionPool("test", 1, () -> {
            if (tries.incrementAndGet() == 1) {
                throw new NetworkException("memory is short");
            }
            return open();
        })) {
            assertThatThrownBy(() -> pool.call(SessionWorker::capacity)).hasMessage("memory is short");
            assertThat(pool.call(SessionWorker::capacity)).isEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
