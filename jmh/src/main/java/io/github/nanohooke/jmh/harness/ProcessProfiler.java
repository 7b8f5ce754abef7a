// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of all threads per operation, which other processes disturb less than wall time, and the largest
 * resident memory of the process so far (Linux' VmHWM: the JVM, the checks and the engine together).
 */
public final class ProcessProfiler implements InternalProfiler {
    static final String CPU_TIME = "cpu.time";
    static final String PEAK_MEMORY = "memory.peak";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long start;

    @Override
    public String getDescription() {
        return "processor time per operation and peak resident memory";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        start = system.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams iteration,
            IterationResult result) {
        List<Result<?>> results = new ArrayList<>();
        long operations = result.getMetadata().getAllOps();
        if (operations > 0) {
            results.add(new ScalarResult(CPU_TIME, 1e-6 * (system.getProcessCpuTime() - start) / operations, "ms/op",
                    AggregationPolicy.AVG));
        }
        peakMebibytes().ifPresent(peak ->
                results.add(new ScalarResult(PEAK_MEMORY, peak, "MiB", AggregationPolicy.MAX)));
        return results;
    }

    private static OptionalDouble peakMebibytes() {
        try {
            Matcher matcher = PEAK.matcher(Files.readString(STATUS));
            return matcher.find() ? OptionalDouble.of(Long.parseLong(matcher.group(1)) / 1024.0)
                    : OptionalDouble.empty();
        } catch (IOException e) {
            // No Linux: the figure is left out of the table.
            return OptionalDouble.empty();
        }
    }
}
