// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import io.github.nanohooke.jmh.harness.ForkFlags;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
 * The dense layers of the network alone, 6144-512-256-128-64-32-13, on one thread: our own kernels, whose results do
 * not depend on the number of threads or images, against OpenBLAS. Training is forward and backward without Adam.
 * Both are compared with the oracle before and after they are timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class DenseBenchmark {
    private static final double TOLERANCE = 1e-4;

    /** One implementation with its images loaded. */
    interface Head extends AutoCloseable {
        String describe();

        /** [image][output]. */
        float[] forward();

        /** Forward, then from the derivatives by the results to those by all parameters. */
        void step(float[] dResults);

        /** Flat, as {@link NetworkDefinition#parameters()}. */
        float[] gradient();

        @Override
        void close();
    }

    /** A backend of nanohooke, or {@code openblas}. */
    @Param({"cpu", "openblas"})
    public String engine;

    /** Images in one call. */
    @Param({"1", "32", "128"})
    public int batch;

    private Head head;
    private float[] dResults;
    private float[] expected;
    private float[] expectedGradient;

    /** Opens the engine and compares its results. */
    @Setup
    public void open() {
        NetworkDefinition definition = definition();
        float[] parameters = Initialisation.he(definition, 1);
        float[] input = new float[batch * definition.input().size()];
        Random random = new Random(1);
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextFloat();
        }
        dResults = new float[batch * definition.outputs()];
        for (int i = 0; i < dResults.length; i++) {
            dResults[i] = random.nextFloat() - 0.5f;
        }
        try (Head oracle = new BackendHead("reference", definition, parameters, input, batch)) {
            expected = oracle.forward();
            oracle.step(dResults);
            expectedGradient = oracle.gradient();
        }
        head = engine.equals("openblas") ? new OpenBlasHead(definition, parameters, input, batch)
                : new BackendHead(engine, definition, parameters, input, batch);
        System.out.println("# " + head.describe());
        check();
    }

    /** Compares once more. */
    @TearDown
    public void close() {
        check();
        head.close();
    }

    /** Values alone. */
    @Benchmark
    public float[] inference() {
        return head.forward();
    }

    /** Values and gradients. */
    @Benchmark
    public Head training() {
        head.step(dResults);
        return head;
    }

    private void check() {
        compare("results", expected, head.forward());
        head.step(dResults);
        compare("gradient", expectedGradient, head.gradient());
    }

    private void compare(String what, float[] wanted, float[] actual) {
        double difference = wanted.length == actual.length ? 0 : Double.NaN;
        double largest = 0;
        for (int i = 0; i < Math.min(wanted.length, actual.length); i++) {
            difference = Math.max(difference, Math.abs(actual[i] - wanted[i]));
            largest = Math.max(largest, Math.abs(wanted[i]));
        }
        if (!(difference <= TOLERANCE * largest)) {
            throw new IllegalStateException("engine " + engine + " is wrong, its time means nothing: its " + what
                    + " differ by " + difference + ", the largest is " + largest);
        }
    }

    /** The preset's layers behind the last convolution. */
    private static NetworkDefinition definition() {
        NetworkDefinition whole = Presets.periodic();
        List<Layer> layers = whole.layers();
        int first = 0;
        while (!(layers.get(first) instanceof Layer.Dense)) {
            first++;
        }
        return new NetworkDefinition("dense layers", whole.shapes().get(first - 1),
                layers.subList(first, layers.size()));
    }

    /** A backend of nanohooke. */
    private static final class BackendHead implements Head {
        private final NetworkSession session;
        private final ImageBatch images;
        private final float[] results;

        BackendHead(String backend, NetworkDefinition definition, float[] parameters, float[] input, int batch) {
            session = Backends.open(backend).open(definition, SessionOptions.training(batch));
            session.setParameters(parameters);
            images = ImageBatch.floats(batch, Arrays.copyOf(input, input.length));
            results = new float[batch * definition.outputs()];
        }

        @Override
        public String describe() {
            return session.describe();
        }

        @Override
        public float[] forward() {
            session.forward(images, results);
            return results;
        }

        @Override
        public void step(float[] dResults) {
            session.forwardForTraining(images, results);
            session.backward(dResults);
        }

        @Override
        public float[] gradient() {
            return session.gradient();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
