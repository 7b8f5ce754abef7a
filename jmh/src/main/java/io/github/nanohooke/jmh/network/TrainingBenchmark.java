// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.network;

import io.github.nanohooke.jmh.harness.ForkFlags;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of one batch: forward, loss, backward, Adam. Two steps on a few images are compared before anything
 * is timed, then the first loss of the whole batch; see {@link NetworkCheck}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class TrainingBenchmark {

    /** A backend of nanohooke, or a framework that trains where {@code bench --frameworks} was asked for. */
    @Param({"cpu"})
    public String engine;

    /** The network. */
    @Param({"paper", "periodic"})
    public String preset;

    /** Images in one step. */
    @Param({"32", "128"})
    public int batch;

    /** Threads that work on one step. */
    @Param({"1", "2"})
    public int threads;

    private NetworkEngine network;
    private double expectedFirst;
    private double first = Double.NaN;
    private double last;

    /** Compares steps on a few images, then opens the engine for the whole batch. */
    @Setup
    public void open() {
        NetworkWorkload workload = NetworkWorkload.of(preset, batch);
        NetworkCheck.training(engine, workload, threads);
        expectedFirst = NetworkCheck.expectedLoss(workload);
        network = NetworkEngines.open(engine, workload, threads, true);
        System.out.println("# " + network.describe());
    }

    /** Checks the first loss, and that training improved it. */
    @TearDown
    public void close() {
        network.close();
        NetworkCheck.loss(engine, expectedFirst, first);
        if (!(last < first)) {
            throw new IllegalStateException("engine " + engine + " does not learn, its time means nothing: the loss"
                    + " went from " + first + " to " + last);
        }
    }

    /** One step. */
    @Benchmark
    public double step() {
        last = network.trainStep();
        if (Double.isNaN(first)) {
            first = last;
        }
        return last;
    }
}
