// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.fem;

import io.github.nanohooke.fem.beam.BeamOptions;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.jmh.harness.ForkFlags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
 * The beam of Fig. 7 as a solid, bent to 40 nm in one increment, from nothing to its force. Both faces along z stay in
 * their planes, so that its force by width must be that of plane strain.
 *
 * <pre>nanohooke bench SolidBeamBenchmark -p threads=1,2</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 2)
@Timeout(time = 1, timeUnit = TimeUnit.HOURS)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class SolidBeamBenchmark {
    /** Converged force of plane strain at 40 nm [N/m], and what a mesh may be off. */
    private static final double CONVERGED = 25.360;
    private static final double MESH_ERROR = 0.01;
    /** Elements become smaller towards the clamps and the faces, as in the figure's mesh. */
    private static final double[] GRADING = {0.95, 0.9, 0};
    private static final double HEIGHT = 81;
    private static final double BENT = 40;

    /** Twenty-node elements along the axes. */
    @Param({"64+12+11"})
    public String mesh;

    /** Of the factorisation. */
    @Param({"1"})
    public int threads;

    private double width;
    private Problem problem;
    private FemSolver solver;
    private int iterations;
    private double force;

    /** Elements as wide as they are high. */
    @Setup
    public void prepare() {
        int[] counts = Arrays.stream(mesh.split("\\+")).mapToInt(Integer::parseInt).toArray();
        width = HEIGHT * counts[2] / counts[1];
        Mesh solid = StructuredMesh.of(ElementType.H20, new double[] {BeamOptions.PAPER_LENGTH, HEIGHT, width}, counts,
                GRADING);
        problem = Problem.of(solid, Section.SOLID)
                .material(Laws.of("saint-venant-kirchhoff", BeamBenchmark.sixteenPores()))
                .step(Step.of("bend", 1, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 0, 0), new Displacement("right", 1, -BENT),
                        new Displacement("back", 2, 0), new Displacement("front", 2, 0)))
                .build();
        solver = new FemSolver(SolverOptions.defaults(), NativeSparseSolver.onThreads(threads));
    }

    /** Mesh and problem are there; order, factors and Newton's iterations are measured. */
    @Benchmark
    public double bend() {
        List<Increment> states = solver.solve(problem);
        Increment last = states.get(states.size() - 1);
        iterations = states.stream().mapToInt(Increment::iterations).sum();
        force = -last.force(problem.mesh(), "right", 1) / width;
        if (Math.abs(force / CONVERGED - 1) > MESH_ERROR) {
            throw new IllegalStateException("wrong result, its time means nothing: " + force + " N/m, plane strain "
                    + CONVERGED);
        }
        return force;
    }

    /** Says what was computed. */
    @TearDown
    public void report() {
        System.out.printf(Locale.ROOT,
                "%n# %d unknowns, %d iterations: %.4f N/m at 40 nm, %+.3f %% from plane strain%n",
                FemSolver.unknowns(problem), iterations, force, 100 * (force / CONVERGED - 1));
    }
}
