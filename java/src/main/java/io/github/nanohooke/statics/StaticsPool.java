// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.structure.Atoms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many structures on several threads, each with calculators of its own. A result depends on its structure alone, so it
 * is the same however many threads there are.
 */
final class StaticsPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StaticsPool.class);
    /** More atoms than this are calculated alone: memory is estimated for one calculation on a machine. */
    private static final int SMALL = 10_000;
    /** Between two questions whether to go on [ms]. */
    private static final long PATIENCE = 100;

    private final StaticsOptions options;
    private final int threads;
    private final Queue<Calculators> idle = new ConcurrentLinkedQueue<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    /** Read by those that may have company, written by those that may not. */
    private final ReadWriteLock company = new ReentrantReadWriteLock(true);

    /** Hears of every structure, on the caller's thread, in no particular order. */
    interface Listener {
        void done(int index, StaticsAnswer answer);

        boolean goesOn();
    }

    /** One structure on its way back: what came of it, or a fault that ends all. */
    private record Done(int index, StaticsAnswer answer, Throwable fault) {
    }

    StaticsPool(StaticsOptions options, int threads) {
        this.options = options;
        this.threads = threads;
    }

    /** One structure, on the caller's thread. */
    StaticsAnswer one(Atoms atoms, StaticsProgress progress) {
        Calculators calculators = lend();
        try {
            return calculators.answer(atoms, progress);
        } finally {
            idle.add(calculators);
        }
    }

    /**
     * Many structures.
     *
     * @param atoms of each, made by the thread that needs them
     * @throws CancellationException when the listener asks to stop; calculations in hand are given up
     */
    void all(int count, IntFunction<Atoms> atoms, Listener listener) {
        Run run = new Run(count, atoms);
        List<Thread> workers = new ArrayList<>();
        try {
            for (int k = 0; k < Math.min(threads, count); k++) {
                Thread worker = new Thread(run::work, "statics-" + k);
                worker.setDaemon(true);
                workers.add(worker);
                worker.start();
            }
            run.listen(listener);
        } finally {
            run.stopped = true;
            workers.forEach(StaticsPool::join);
        }
    }

    /** A native calculation hears of the end at its next report, soon: nothing may be freed before. */
    private static void join(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Calculators lend() {
        Calculators free = idle.poll();
        return free != null ? free : new Calculators();
    }

    @Override
    public void close() {
        for (Calculators free = idle.poll(); free != null; free = idle.poll()) {
            free.byMethod.values().forEach(ElasticCalculator::close);
        }
    }

    private final class Run {
        private final int count;
        private final IntFunction<Atoms> atoms;
        private final AtomicInteger next = new AtomicInteger();
        private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
        private volatile boolean stopped;

        Run(int count, IntFunction<Atoms> atoms) {
            this.count = count;
            this.atoms = atoms;
        }

        void work() {
            Calculators calculators = lend();
            try {
                for (int k = next.getAndIncrement(); k < count && !stopped; k = next.getAndIncrement()) {
                    done.add(work(k, calculators));
                }
            } finally {
                idle.add(calculators);
            }
        }

        private Done work(int k, Calculators calculators) {
            try {
                return new Done(k, calculators.answer(atoms.apply(k), (stage, fraction, detail) -> !stopped), null);
            } catch (RuntimeException | Error e) {
                return new Done(k, null, e);
            }
        }

        void listen(Listener listener) {
            for (int open = count; open > 0;) {
                if (!listener.goesOn()) {
                    throw new CancellationException("stopped after " + (count - open) + " of " + count
                            + " structures");
                }
                Done one = poll();
                if (one == null) {
                    continue;
                }
                if (one.fault instanceof Error error) {
                    throw error;
                } else if (one.fault != null) {
                    throw (RuntimeException) one.fault;
                }
                listener.done(one.index, one.answer);
                open--;
            }
        }

        private Done poll() {
            try {
                return done.poll(PATIENCE, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
    }

    /** Those of one thread, opened when they are needed. */
    private final class Calculators {
        private final Map<String, ElasticCalculator> byMethod = new HashMap<>();

        /** @throws NanohookeException when the machine is at fault: that says nothing of the structure */
        StaticsAnswer answer(Atoms atoms, StaticsProgress progress) {
            try {
                String method = ElasticCalculators.choose(atoms, options, choice -> {
                    if (told.add(choice)) {
                        LOG.info(choice);
                    }
                });
                boolean alone = atoms.count() > SMALL || !ElasticCalculators.provider(method).isParallel();
                Lock lock = alone ? company.writeLock() : company.readLock();
                lock.lock();
                try {
                    return StaticsAnswer.of(byMethod.computeIfAbsent(method, ElasticCalculators::open)
                            .calculate(atoms, options, progress));
                } finally {
                    lock.unlock();
                }
            } catch (NanohookeException e) {
                if (e.isEnvironmental()) {
                    throw e;
                }
                return StaticsAnswer.failed(e);
            }
        }
    }
}
