// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One line of a table.
 *
 * @param mean   wall time of one piece of work, mean of the iterations [ms]
 * @param best   of the best iteration [ms]
 * @param cpu    processor time of all threads, mean [ms]; NaN where {@link ProcessProfiler} did not measure it
 * @param memory largest resident memory of the process [MiB]; NaN where it is not known
 */
public record Timing(double mean, double best, double cpu, double memory) {

    /** The times of a benchmark of which one operation is that many pieces of work. */
    public static Timing of(RunResult result, int pieces) {
        double milliseconds = TimeUnit.NANOSECONDS.convert(1, result.getParams().getTimeUnit()) * 1e-6 / pieces;
        Result<?> wall = result.getPrimaryResult();
        return new Timing(wall.getScore() * milliseconds, wall.getStatistics().getMin() * milliseconds,
                secondary(result, ProcessProfiler.CPU_TIME) / pieces, secondary(result, ProcessProfiler.PEAK_MEMORY));
    }

    private static double secondary(RunResult result, String name) {
        Result<?> value = result.getSecondaryResults().get(name);
        return value == null ? Double.NaN : value.getScore();
    }

    /** By how much the other is slower, time by time. */
    public Timing ratio(Timing other) {
        return new Timing(other.mean / mean, other.best / best, other.cpu / cpu, other.memory / memory);
    }
}
