// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.store.DatasetFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Some threads, each with one worker process, that empty a {@link ShardQueue}. A sample whose worker is lost is tried
 * once more in a new one, then recorded as failed. One whose worker ends by a fault of the machine is tried once more
 * as well, but is no data: then the run ends.
 */
final class WorkerPool {
    private static final int ATTEMPTS = 2;
    /** So many samples in a row that lost both their workers are no accident of single structures. */
    private static final int HOPELESS = 8;

    private final DatasetFolder folder;
    private final RunSettings settings;
    private final ShardQueue queue;
    private final BooleanSupplier stop;
    private final WorkerCommand command;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final int hopeless;
    private final AtomicInteger lostInARow = new AtomicInteger();
    private volatile long stopSeen;

    WorkerPool(DatasetFolder folder, RunSettings settings, ShardQueue queue, BooleanSupplier stop) {
        this(folder, settings, queue, stop, HOPELESS);
    }

    /** @param hopeless so many lost samples in a row end the run */
    WorkerPool(DatasetFolder folder, RunSettings settings, ShardQueue queue, BooleanSupplier stop, int hopeless) {
        this.hopeless = hopeless;
        this.folder = folder;
        this.settings = settings;
        this.queue = queue;
        this.stop = stop;
        this.command = WorkerCommand.likeThisJvm(settings.workerFlags());
    }

    /** Returns when the queue is empty or a stop was asked for; throws what no other sample would survive. */
    void run(int workers) throws IOException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            String name = "worker-" + hostName() + "-" + ProcessHandle.current().pid() + "-" + i;
            Thread thread = new Thread(() -> work(name), name);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                failure.compareAndSet(null, new CancellationException("interrupted"));
                Thread.currentThread().interrupt();
            }
        }
        Throwable first = failure.get();
        if (first instanceof IOException io) {
            throw io;
        } else if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (first instanceof Error error) {
            throw error;
        }
    }

    private void work(String name) {
        WorkerProcess worker = null;
        try {
            while (failure.get() == null && !stop.getAsBoolean()) {
                Optional<Long> index = queue.next();
                if (index.isEmpty()) {
                    break;
                }
                worker = make(index.get(), worker, name);
            }
        } catch (CancellationException stopped) {
            // The sample in hand is dropped; the next run makes it.
            return;
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            if (worker != null) {
                worker.close();
            }
        }
    }

    /** Makes one sample; returns the worker for the next one. */
    private WorkerProcess make(long index, WorkerProcess first, String name) throws IOException {
        WorkerProcess worker = first;
        List<String> losses = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        long start = System.nanoTime();
        while (losses.size() < ATTEMPTS) {
            try {
                if (worker == null) {
                    worker = WorkerProcess.start(command, folder.plan(), folder.log(name), this::giveUp);
                    compareLibraries(worker);
                }
                Sample sample = worker.make(index, settings.sampleTimeout());
                lostInARow.set(0);
                queue.finished(sample);
                return worker;
            } catch (WorkerProcess.Lost e) {
                worker = null;
                tell(index, e, losses, name);
            } catch (WorkerProcess.Fault e) {
                worker = null;
                tell(index, e, faults, name);
                if (faults.size() == ATTEMPTS) {
                    throw new EnvironmentFaultException("sample " + index + " cannot be made here: "
                            + inAll(faults) + "; this is no fault of its structure, so nothing is recorded for it and"
                            + " the run ends; see the end of " + folder.log(name));
                }
            }
        }
        requireHope(name);
        queue.finished(SampleMaker.lost(folder.plan(), index, inAll(losses), (System.nanoTime() - start) / 1e9));
        return null;
    }

    private void tell(long index, Exception e, List<String> earlier, String name) {
        earlier.add(e.getMessage());
        if (stop.getAsBoolean() || failure.get() != null) {
            throw new CancellationException("stopped");
        }
        queue.notice("sample " + index + ": " + e.getMessage() + "; its standard error is in " + folder.log(name)
                + (earlier.size() < ATTEMPTS ? "; the sample is tried once more" : ""));
    }

    private static String inAll(List<String> messages) {
        return messages.get(0).equals(messages.get(1)) ? messages.get(0) + ", twice"
                : String.join(", then ", messages);
    }

    private void requireHope(String name) {
        if (lostInARow.incrementAndGet() >= hopeless) {
            throw new DatasetException(hopeless + " samples in a row lost their worker processes, so the fault is not"
                    + " in the structures; see the end of " + folder.log(name) + ". Run the same command again when it"
                    + " is mended: finished samples are kept");
        }
    }

    // The same sample on another library or instruction set agrees in its digits, not in its last bits.
    private void compareLibraries(WorkerProcess worker) {
        var here = DatasetFolder.portable(worker.facts());
        if (!here.equals(folder.libraries())) {
            queue.notice("libraries differ from those that the dataset was begun with: " + here + " here, "
                    + folder.libraries() + " there");
        }
    }

    /** Whether samples in hand are to be dropped: something failed, or the grace after a stop is over. */
    private boolean giveUp() {
        if (failure.get() != null) {
            return true;
        }
        if (!stop.getAsBoolean()) {
            return false;
        }
        if (stopSeen == 0) {
            stopSeen = System.nanoTime();
        }
        return System.nanoTime() - stopSeen > settings.grace().toNanos();
    }

    private static String hostName() {
        String name = System.getenv("SLURMD_NODENAME");
        if (name == null) {
            name = System.getenv("HOSTNAME");
        }
        return name == null ? "local" : name.replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
