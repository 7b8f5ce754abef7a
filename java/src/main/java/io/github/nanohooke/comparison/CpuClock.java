// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** CPU time of the calling thread, which a loaded machine stretches less than wall time. */
public final class CpuClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long start = THREADS.getCurrentThreadCpuTime();

    /** Since this clock was made, by the same thread [s]. */
    public double seconds() {
        return 1e-9 * (THREADS.getCurrentThreadCpuTime() - start);
    }
}
