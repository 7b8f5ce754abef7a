// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.fem;

import io.github.nanohooke.fem.beam.BeamCurve;
import io.github.nanohooke.fem.beam.BeamEnd;
import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.jmh.harness.ForkFlags;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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
 * The beam of Fig. 7 with the tensor of the box with sixteen pores: from nothing to its force at 40 nm, mesh and
 * analysis of the matrix included. Each iteration is one whole path; the force is compared with that of endlessly fine
 * meshes.
 *
 * <pre>
 * nanohooke bench BeamBenchmark                                   the figure's path of 21 states on two meshes
 * nanohooke bench BeamBenchmark -p increments=1 -p mesh=30+10,80+16,160+32,320+64 -wi 1 -i 3    cost against unknowns
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 15)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class BeamBenchmark {
    /** Converged forces at 40 nm by law [N/m], extrapolated over meshes of up to 320 x 64 elements. */
    private static final Map<String, Double> CONVERGED = Map.of("saint-venant-kirchhoff", 25.360, "hencky", 24.05,
            "cauchy-log", 24.25, "linear", 21.312);
    /** Of the coarsest mesh that is worth its time. */
    private static final double MESH_ERROR = 0.01;
    private static final double PERCENT = 100;

    /** Nine-node elements along and across, with + between them: 16+6 is 0.1 % from the converged force. */
    @Param({"16+6", "30+10"})
    public String mesh;

    /** States on the way to 40 nm. */
    @Param({"20"})
    public int increments;

    /** Of {@link Laws#names()}. */
    @Param({"saint-venant-kirchhoff"})
    public String law;

    /** Of the factorisation. */
    @Param({"1"})
    public int threads;

    private BeamOptions options;
    private MaterialLaw material;
    private FemSolver solver;
    private BeamCurve last;

    @Setup
    public void prepare() {
        int[] elements = Arrays.stream(mesh.split("\\+")).mapToInt(Integer::parseInt).toArray();
        options = new BeamOptions(BeamOptions.PAPER_LENGTH, 81, 40, increments, BeamEnd.CLAMPED, elements[0],
                elements[1]);
        material = Laws.of(law, sixteenPores());
        if (!CONVERGED.containsKey(law)) {
            throw new IllegalArgumentException("there is no converged force of the law " + law + ", only of "
                    + CONVERGED.keySet());
        }
        solver = new FemSolver(SolverOptions.defaults(), NativeSparseSolver.onThreads(threads));
    }

    /** Tensor of the box with sixteen pores [GPa]. */
    static ElasticTensor sixteenPores() {
        double[][] c = new double[6][6];
        double[][] plane = {{102.05, 54.14, 56.12}, {54.14, 102.05, 56.12}, {56.12, 56.12, 107.48}};
        double[] shear = {31.21, 31.21, 28.24};
        for (int i = 0; i < 3; i++) {
            System.arraycopy(plane[i], 0, c[i], 0, 3);
            c[3 + i][3 + i] = shear[i];
        }
        return ElasticTensor.of(c);
    }

    /** The path; its states are what is measured. */
    @Benchmark
    public BeamCurve path() {
        last = BeamCurve.of(options, material, solver, state -> true);
        double force = last.forceY(last.states().size() - 1);
        if (!(Math.abs(force / CONVERGED.get(law) - 1) <= MESH_ERROR)) {
            throw new IllegalStateException("wrong result, its time means nothing: " + force + " N/m at 40 nm, "
                    + CONVERGED.get(law) + " converged");
        }
        return last;
    }

    /** Says what was computed. */
    @TearDown
    public void report() {
        double force = last.forceY(last.states().size() - 1);
        double expected = CONVERGED.get(law);
        System.out.printf(Locale.ROOT,
                "%n# %d unknowns, %d states, %d iterations: %.4f N/m at 40 nm, %+.3f %% from the converged %.3f%n",
                FemSolver.unknowns(last.problem()), last.states().size(), last.iterations(), force,
                PERCENT * (force / expected - 1), expected);
    }
}
