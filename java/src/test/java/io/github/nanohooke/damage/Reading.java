// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.damage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.nanohooke.NanohookeException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a reader makes of a file: a value or an error of the library that blames the input. Anything else is a defect:
 * another exception, an error, a reader that does not end, or one that takes far more memory than an intact file needs.
 */
final class Reading {
    /**
     * For the classes of complaints. All that is allocated counts, not what is held at once, which depends on the
     * collector [bytes].
     */
    private static final long SLACK = 16 << 20;
    private static final int TIMES = 10;
    /** No reader takes a thousandth of it; a hang is what it ends. */
    private static final int SECONDS = 60;

    /** Reads and uses what was read: values that are computed when asked for count as read only then. */
    @FunctionalInterface
    interface Reader {
        void read() throws Exception;
    }

    private Reading() {
    }

    /** Bytes that reading an intact file allocates, the second time: classes are loaded by then. */
    static long allocatedBy(Reader reader) {
        try {
            reader.read();
            long before = allocated();
            reader.read();
            return allocated() - before;
        } catch (Exception e) {
            throw new AssertionError("the intact file cannot be read", e);
        }
    }

    /**
     * Requires a value or a proper error.
     *
     * @param intact {@link #allocatedBy} of the intact file
     */
    static void requireValueOrError(long intact, Reader reader) {
        FutureTask<Long> task = new FutureTask<>(() -> {
            long before = allocated();
            try {
                reader.read();
            } catch (NanohookeException e) {
                assertThat(e.getMessage()).isNotBlank();
                assertThat(e.fault()).as(e.getMessage()).isEqualTo(NanohookeException.Fault.INPUT);
            }
            return allocated() - before;
        });
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        thread.start();
        try {
            assertThat(task.get(SECONDS, TimeUnit.SECONDS)).as("bytes allocated")
                    .isLessThanOrEqualTo(TIMES * intact + SLACK);
        } catch (ExecutionException e) {
            throw new AssertionError("a damaged file makes a reader fail: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("a damaged file makes a reader hang");
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
