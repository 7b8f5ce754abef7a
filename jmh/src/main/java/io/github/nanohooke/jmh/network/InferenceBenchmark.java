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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Inference of one batch, from images in Java's memory to results in Java's memory. Results are compared before the
 * first and after the last timed call; see {@link NetworkCheck}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class InferenceBenchmark {

    /** A backend of nanohooke, or a framework where {@code bench --frameworks} was asked for. */
    @Param({"cpu"})
    public String engine;

    /** The network. */
    @Param({"paper", "periodic"})
    public String preset;

    /** Images in one call. */
    @Param({"1", "32"})
    public int batch;

    /** Threads that work on one call. */
    @Param({"1", "2"})
    public int threads;

    private NetworkEngine network;
    private float[] expected;
    private float[] actual;

    /** Opens the engine and compares its results. */
    @Setup
    public void open() {
        NetworkWorkload workload = NetworkWorkload.of(preset, batch);
        expected = NetworkCheck.expectedResults(engine, workload);
        network = NetworkEngines.open(engine, workload, threads, false);
        System.out.println("# " + network.describe());
        NetworkCheck.results(engine, expected, network.infer());
    }

    /** Compares the results of the last timed call. */
    @TearDown
    public void close() {
        network.close();
        NetworkCheck.results(engine, expected, actual);
    }

    /** From images to results. */
    @Benchmark
    public float[] infer() {
        actual = network.infer();
        return actual;
    }
}
