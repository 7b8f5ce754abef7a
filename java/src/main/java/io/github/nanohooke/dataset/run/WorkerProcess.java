// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.PlanJson;
import io.github.nanohooke.dataset.run.WorkerMessages.Reply;
import io.github.nanohooke.dataset.run.WorkerMessages.Setup;
import io.github.nanohooke.io.CheckedLine;
import io.github.nanohooke.io.FileFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A run's end of one worker process. For one thread. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 100;
    private static final int SIGNAL_BASE = 128;
    /**
     * Bus error, kill, termination, limits of processor time and file size: they come from outside, for example where
     * memory or a folder for mapped files is full, and not from what a structure made the process do.
     */
    private static final Set<Integer> SIGNALS_FROM_OUTSIDE = Set.of(7, 9, 15, 24, 25);

    private final Process process;
    private final Writer requests;
    private final BlockingQueue<Optional<Reply>> replies = new LinkedBlockingQueue<>();
    private final BooleanSupplier giveUp;

    /** The process is gone or hangs; the sample in hand is lost. */
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    /** The process ended, or never began, by no fault of a structure. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    private WorkerProcess(Process process, BooleanSupplier giveUp) {
        this.process = process;
        this.giveUp = giveUp;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readReplies, "worker-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process and waits until its calculator is open.
     *
     * @param log    where its standard error goes
     * @param giveUp asked while waiting, here and in {@link #make}: whether to drop everything
     * @throws Fault                   when no process can be started, or it ends before it is ready
     * @throws MissingLibraryException when the plan's method cannot run here
     * @throws DatasetException        when the plan cannot be carried out
     */
    static WorkerProcess start(WorkerCommand command, DatasetPlan plan, Path log, BooleanSupplier giveUp)
            throws Fault {
        ProcessBuilder builder = command.builder();
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        WorkerProcess worker;
        try {
            worker = new WorkerProcess(builder.start(), giveUp);
        } catch (IOException e) {
            throw new Fault("no worker process can be started: " + e.getMessage());
        }
        try {
            worker.send(CheckedLine.write(
                    new Setup(PlanJson.write(plan), PlanJson.potentialFile(plan.options().potential()))));
            worker.facts = worker.receive(START_TIMEOUT).ready();
            return worker;
        } catch (Lost e) {
            worker.close();
            throw new Fault(e.getMessage() + " before it was ready");
        } catch (Fault | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private Map<String, String> facts;

    /** What the calculator says of its libraries. */
    Map<String, String> facts() {
        return facts;
    }

    /**
     * @throws Lost                  when the process ends or does not answer in time; it is then closed
     * @throws Fault                 when it ends by no fault of the structure; it is then closed
     * @throws CancellationException when {@code giveUp} said so
     */
    Sample make(long index, Duration timeout) throws Lost, Fault {
        try {
            send(Long.toString(index));
            Sample sample = receive(timeout).sample();
            if (sample == null || sample.index() != index) {
                throw new Lost("worker process gave an answer to another question");
            }
            return sample;
        } catch (Lost | Fault | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void send(String line) {
        try {
            requests.write(line + "\n");
            requests.flush();
        } catch (IOException brokenPipe) {
            // The process is gone; receive() finds out how.
            return;
        }
    }

    private Reply receive(Duration timeout) throws Lost, Fault {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                Optional<Reply> reply = replies.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (reply == null) {
                    if (giveUp.getAsBoolean()) {
                        throw new CancellationException("stopped");
                    }
                } else if (reply.isEmpty()) {
                    requireInnerEnd(process.waitFor());
                    throw new Lost(describeEnd(process.waitFor()));
                } else if (reply.get().fault() != null) {
                    throw failure(reply.get().fault());
                } else {
                    return reply.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        throw new Lost("no answer within " + timeout.toSeconds() + " s");
    }

    private void readReplies() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(WorkerMessages.MARK)) {
                    CheckedLine.read(line.substring(WorkerMessages.MARK.length()), Reply.class)
                            .ifPresent(reply -> replies.add(Optional.of(reply)));
                }
            }
        } catch (IOException | UncheckedIOException | FileFormatException e) {
            process.destroyForcibly();
        }
        replies.add(Optional.empty());
    }

    private static Fault failure(WorkerMessages.Fault fault) {
        return switch (fault.cause()) {
            case LIBRARY -> throw new MissingLibraryException(fault.message());
            case PLAN -> throw new DatasetException(fault.message());
            case ENVIRONMENT -> new Fault(fault.message());
        };
    }

    private static void requireInnerEnd(int exitCode) throws Fault {
        if (exitCode == WorkerMain.FAULT_CODE) {
            throw new Fault("worker process ended with an error that it could not tell");
        }
        if (SIGNALS_FROM_OUTSIDE.contains(exitCode - SIGNAL_BASE)) {
            throw new Fault(describeEnd(exitCode) + " from outside; is memory short?");
        }
    }

    private static String describeEnd(int exitCode) {
        return exitCode > SIGNAL_BASE
                ? "worker process ended by signal " + (exitCode - SIGNAL_BASE)
                : "worker process ended with exit code " + exitCode;
    }

    /** Ends the process at once. Closing twice does nothing. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            requests.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyBroken) {
            // Nothing is left to send to a process that has ended.
            return;
        }
    }
}
