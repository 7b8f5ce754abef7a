// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Wall and processor time since it was made, natives included, of the thread that made it. */
public final class Clock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long wall = System.nanoTime();
    private final long cpu = THREADS.getCurrentThreadCpuTime();

    /** Wall time [s]. */
    public double seconds() {
        return 1e-9 * (System.nanoTime() - wall);
    }

    /** Processor time of this thread [s]. */
    public double cpuSeconds() {
        return 1e-9 * (THREADS.getCurrentThreadCpuTime() - cpu);
    }
}
