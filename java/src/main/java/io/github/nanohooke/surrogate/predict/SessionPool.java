// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Predictors for many threads: a caller has one to itself while it computes, and waits in turn when all are taken. They
 * are opened when first needed.
 */
final class SessionPool implements AutoCloseable {
    private final String owner;
    private final Supplier<SessionWorker> opener;
    private final int limit;
    private final Semaphore free;
    private final Deque<SessionWorker> idle = new ConcurrentLinkedDeque<>();
    /** Written with all permits held, read with one. */
    private volatile boolean closed;

    /**
     * @param owner names the model in the error of a call after the end
     * @param limit most predictors at once
     */
    SessionPool(String owner, int limit, Supplier<SessionWorker> opener) {
        this.owner = owner;
        this.limit = limit;
        this.opener = opener;
        this.free = new Semaphore(limit, true);
    }

    /**
     * Computes with a predictor of one's own.
     *
     * @throws IllegalStateException when the pool is closed
     */
    <T> T call(Function<SessionWorker, T> computation) {
        free.acquireUninterruptibly();
        try {
            requireOpen();
            SessionWorker taken = idle.poll();
            SessionWorker predictor = taken != null ? taken : opener.get();
            try {
                return computation.apply(predictor);
            } finally {
                idle.push(predictor);
            }
        } finally {
            free.release();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the surrogate of " + owner + " is closed; load it again");
        }
    }

    /** Waits for the calls under way, then frees everything. Closing twice does nothing. */
    @Override
    public void close() {
        free.acquireUninterruptibly(limit);
        try {
            closed = true;
            for (SessionWorker predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
                predictor.close();
            }
        } finally {
            free.release(limit);
        }
    }
}
