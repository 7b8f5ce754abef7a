// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import io.github.nanohooke.comparison.CpuClock;
import io.github.nanohooke.statics.StaticsProgress;

/** A listener that stops a calculation when its thread has had some processor time, which no load stretches. */
final class CpuLimit implements StaticsProgress {
    private final StaticsProgress listener;
    private final double seconds;
    private final CpuClock clock = new CpuClock();
    private boolean exceeded;

    /** @param seconds from now on */
    CpuLimit(StaticsProgress listener, double seconds) {
        this.listener = listener;
        this.seconds = seconds;
    }

    @Override
    public boolean report(String stage, double fraction, String detail) {
        if (!listener.report(stage, fraction, detail)) {
            return false;
        }
        exceeded |= clock.seconds() > seconds;
        return !exceeded;
    }

    /** Whether it was the limit that stopped the calculation. */
    boolean exceeded() {
        return exceeded;
    }

    /** Processor time since the beginning [s]. */
    double used() {
        return clock.seconds();
    }
}
