// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM end a command cleanly: the calculation in hand stops, what is finished is written, and the
 * process ends with {@link ExitCodes#PARTIAL_RESULTS}.
 *
 * <p>A shutdown hook is the portable way to hear of a signal. The JVM is then already on its way out, so the hook waits
 * for the command to finish its writing and sets the exit code by {@code halt}.
 */
final class Interruption implements AutoCloseable {
    /** Longer than any single step between two questions, shorter than what batch systems wait before SIGKILL. */
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the user asked to stop. */
    boolean requested() {
        return requested;
    }

    private void interrupted() {
        requested = true;
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCodes.PARTIAL_RESULTS);
    }

    /** The command has written what there is to write. */
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
