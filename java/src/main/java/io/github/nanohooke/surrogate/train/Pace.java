// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

/** How many steps a backend is asked for at a time, and when a checkpoint is due: by the clock. */
final class Pace {
    private final long stretch;
    private final long between;
    private long lastCheckpoint = System.nanoTime();
    /** Of one step; 0 before the first. */
    private double nanoseconds;

    Pace(RunOptions options) {
        stretch = options.stretch().toNanos();
        between = options.checkpoints().toNanos();
    }

    /** Steps of the next stretch; one at first, whose time tells how many fit. */
    int steps(int left) {
        double fit = nanoseconds > 0 ? stretch / nanoseconds : 1;
        return (int) Math.max(1, Math.min(left, fit));
    }

    void taken(int steps, long time) {
        nanoseconds = Math.max(1, (double) time / steps);
    }

    boolean checkpointDue() {
        return System.nanoTime() - lastCheckpoint >= between;
    }

    void checkpointWritten() {
        lastCheckpoint = System.nanoTime();
    }
}
