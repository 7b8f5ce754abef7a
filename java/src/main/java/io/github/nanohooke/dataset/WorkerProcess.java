// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.dataset.WorkerMessages.Reply;
import io.github.nanohooke.dataset.WorkerMessages.Setup;
import io.github.nanohooke.statics.MissingLibraryException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
     * @throws IOException             when no process can be started
     * @throws Lost                    when it ended before it was ready
     * @throws MissingLibraryException when the plan's method cannot run here
     */
    static WorkerProcess start(WorkerCommand command, DatasetPlan plan, Path log, BooleanSupplier giveUp)
            throws IOException, Lost {
        ProcessBuilder builder = command.builder();
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        WorkerProcess worker = new WorkerProcess(builder.start(), giveUp);
        try {
            worker.send(CheckedLine.write(
                    new Setup(PlanJson.write(plan), PlanJson.potentialFile(plan.options().potential()))));
            worker.facts = worker.receive(START_TIMEOUT).ready();
            return worker;
        } catch (Lost | RuntimeException e) {
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
     * @throws CancellationException when {@code giveUp} said so
     */
    Sample make(long index, Duration timeout) throws Lost {
        try {
            send(Long.toString(index));
            Sample sample = receive(timeout).sample();
            if (sample == null || sample.index() != index) {
                throw new Lost("worker process gave an answer to another question");
            }
            return sample;
        } catch (Lost | RuntimeException e) {
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

    private Reply receive(Duration timeout) throws Lost {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                Optional<Reply> reply = replies.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (reply == null) {
                    if (giveUp.getAsBoolean()) {
                        throw new CancellationException("stopped");
                    }
                } else if (reply.isEmpty()) {
                    throw new Lost(describeEnd(process.waitFor()));
                } else if (reply.get().fatal() != null) {
                    throw new MissingLibraryException(reply.get().fatal());
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
        } catch (IOException | UncheckedIOException | DatasetException e) {
            process.destroyForcibly();
        }
        replies.add(Optional.empty());
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
