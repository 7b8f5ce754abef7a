// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/**
 * Ctrl-C and SIGTERM end a command cleanly: the calculation in hand stops, what is finished is written, and the process
 * ends with an exit code that the command decides on.
 *
 * <p>A shutdown hook is the portable way to hear of a signal. The JVM is then already on its way out, so the hook waits
 * for the command to finish its writing and sets the exit code by {@code halt}. So all that a command has to print and
 * write belongs inside the block of its signal: behind {@link #close}, where a {@code catch} of that block is, too, the
 * process has ended.
 */
public final class StopSignal implements AutoCloseable {
    /** Longer than a run's grace for samples in hand, shorter than Slurm's 30 s before SIGKILL. */
    private static final long PATIENCE_SECONDS = 25;

    private static volatile IntUnaryOperator lastWord = IntUnaryOperator.identity();

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-signal");
    private volatile boolean requested;
    private volatile int exitCode;

    /** @param exitCode of the process when a signal ends it, until the command says otherwise */
    public StopSignal(int exitCode) {
        this.exitCode = exitCode;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Who is asked before a signal ends the process, as at any other end: results that did not arrive are no success.
     *
     * @param word from a command's exit code to the process'
     */
    public static void askBeforeEnd(IntUnaryOperator word) {
        lastWord = word;
    }

    /** Whether the user asked to stop. */
    public boolean requested() {
        return requested;
    }

    public int exitCode() {
        return exitCode;
    }

    public void exitCode(int value) {
        exitCode = value;
    }

    private void stop() {
        requested = true;
        boolean written = false;
        try {
            written = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A command that is not through may be in the middle of a write that nobody takes: asking would wait for it.
        Runtime.getRuntime().halt(written ? lastWord.applyAsInt(exitCode) : exitCode);
    }

    /** The command has written what there is to write; after a signal the process ends now. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shutdownHasBegun) {
                // The hook is running or about to: it ends the process.
                return;
            }
        }
    }
}
