// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.ElasticConstants;
import io.github.nanohooke.statics.ElasticTensor;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.surrogate.ModelFile;
import io.github.nanohooke.surrogate.OutputHead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Molecular statics against the network: the elastic constants of the same random structures in the paper's box of
 * 20 x 20 x 3 cells, time per structure, on one core. Statics starts from the unrelaxed atoms; the network, which was
 * trained on images of relaxed atoms, is timed from relaxed atoms to constants, drawing of the image included.
 *
 * <p>Both routes of statics must agree on every structure, and the network's results with the double precision
 * reference. How good the network's constants are is a question for the test part of a dataset, not for this benchmark.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class SurrogateBenchmark {
    private static final String FRESH = "fresh";
    private static final int STRUCTURES = 4;
    private static final int BATCH = 32;
    private static final long SEED = 1;

    /** Two routes, stress differences and exact derivatives, at the same minimum [GPa]. */
    private static final double STATICS_TOLERANCE = 0.05;
    /** Single against double precision, of the largest constant. */
    private static final double NETWORK_TOLERANCE = 1e-4;

    /** A model file, or {@code fresh}: the preset {@code periodic} with random weights, which takes the same time. */
    @Param(FRESH)
    public String model;

    private final List<Atoms> unrelaxed = new ArrayList<>();
    private final List<StaticsResult> minima = new ArrayList<>();
    private ElasticCalculator lammps;
    private ElasticCalculator hessian;
    private ModelFile network;
    private NetworkSession session;
    private int shots;

    /** Draws and relaxes the structures, opens both routes and the network, and checks the network. */
    @Setup
    public void open() {
        lammps = ElasticCalculators.open("lammps");
        hessian = ElasticCalculators.open("hessian");
        for (int i = 0; i < STRUCTURES; i++) {
            Atoms atoms = RandomStructures.sample(RandomStructures.Kind.MIXED, SEED, i).atoms();
            unrelaxed.add(atoms);
            minima.add(statics(hessian, atoms));
        }
        network = model.equals(FRESH) ? fresh() : ModelFile.read(Path.of(model));
        System.out.println("# network " + network.definition().name() + (model.equals(FRESH)
                ? " with random weights: its time is that of a trained one, its constants mean nothing"
                : " of " + model));
        session = open("cpu");
        System.out.println("# " + session.describe());
        try (NetworkSession reference = open("reference")) {
            compare(predict(reference, 1), predict(session, 1));
        }
    }

    /** Frees everything. */
    @TearDown
    public void close() {
        session.close();
        hessian.close();
        lammps.close();
    }

    /** Relaxation and stress differences by LAMMPS: the paper's method. Each shot is the next structure. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = STRUCTURES)
    public StaticsResult lammps() {
        return next(lammps);
    }

    /** Relaxation and tensor from exact second derivatives. Each shot is the next structure. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = STRUCTURES)
    @Measurement(iterations = STRUCTURES)
    public StaticsResult hessian() {
        return next(hessian);
    }

    /** From atoms to constants, one structure in a call. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 5, time = 1)
    public double[] networkBatch1() {
        return predict(session, 1);
    }

    /** From atoms to constants, 32 structures in a call: the same few again and again. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 5, time = 1)
    @OperationsPerInvocation(BATCH)
    public double[] networkBatch32() {
        return predict(session, BATCH);
    }

    private StaticsResult next(ElasticCalculator calculator) {
        int i = shots++ % STRUCTURES;
        StaticsResult result = statics(calculator, unrelaxed.get(i));
        double difference = result.tensor().distance(minima.get(i).tensor());
        if (difference > STATICS_TOLERANCE) {
            throw new IllegalStateException("structure " + i + ": the constants of the routes differ by " + difference
                    + " GPa, the time means nothing");
        }
        return result;
    }

    private static StaticsResult statics(ElasticCalculator calculator, Atoms atoms) {
        StaticsResult result = calculator.calculate(atoms, StaticsOptions.defaults(), StaticsProgress.SILENT);
        if (result.outcome() != Outcome.STABLE) {
            throw new IllegalStateException("a structure of this benchmark must be stable: " + result.explanation());
        }
        return result;
    }

    private NetworkSession open(String backend) {
        NetworkSession opened = Backends.open(backend).open(network.definition(), SessionOptions.inference(BATCH));
        opened.setParameters(network.parameters());
        return opened;
    }

    /** [structure][constant] in GPa. */
    private double[] predict(NetworkSession backend, int batch) {
        int pixels = network.definition().input().width();
        int bytes = network.definition().input().packedBytes();
        byte[] bits = new byte[batch * bytes];
        for (int i = 0; i < batch; i++) {
            Atoms relaxed = minima.get(shots++ % STRUCTURES).relaxed();
            System.arraycopy(StructureImage.of(relaxed, pixels).packed(), 0, bits, i * bytes, bytes);
        }
        float[] raw = new float[batch * ElasticConstants.COUNT];
        backend.forward(ImageBatch.bits(batch, bits), raw);
        double[] constants = new double[raw.length];
        double[] in = new double[ElasticConstants.COUNT];
        double[] out = new double[ElasticConstants.COUNT];
        for (int i = 0; i < batch; i++) {
            for (int k = 0; k < in.length; k++) {
                in[k] = raw[i * in.length + k];
            }
            network.head().constants(in, out);
            System.arraycopy(out, 0, constants, i * out.length, out.length);
        }
        return constants;
    }

    private static void compare(double[] expected, double[] actual) {
        double largest = 0;
        double difference = 0;
        for (int k = 0; k < expected.length; k++) {
            largest = Math.max(largest, Math.abs(expected[k]));
            difference = Math.max(difference, Math.abs(actual[k] - expected[k]));
        }
        if (!(difference <= NETWORK_TOLERANCE * largest)) {
            throw new IllegalStateException("backend cpu is wrong, its time means nothing: its constants differ from"
                    + " the reference by " + difference + " GPa");
        }
    }

    private static ModelFile fresh() {
        NetworkDefinition definition = Presets.periodic();
        OutputHead head = new OutputHead.Direct(Collections.nCopies(ElasticConstants.COUNT, 50.0), 20);
        return new ModelFile(definition, head, Initialisation.he(definition, SEED), Map.of(), Map.of());
    }
}
