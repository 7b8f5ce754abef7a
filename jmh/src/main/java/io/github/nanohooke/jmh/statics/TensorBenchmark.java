// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.ReferenceStructures;
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
 * One elastic tensor, relaxation included, of a box of the paper's Fig. 4, by every method in the same run.
 *
 * <p>Single shots: what a user waits for is one tensor. Each result is checked against a bulk modulus that was measured
 * independently, so a time of a wrong answer cannot be reported.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"})
public class TensorBenchmark {
    /** Bulk moduli measured independently with plain LAMMPS at tight tolerances [GPa]. */
    private static final double[] BULK_MODULI = {67.192, 68.324, 71.595};
    private static final double TOLERANCE = 0.02;

    /** The calculator. */
    @Param({"lammps", "hessian"})
    public String method;

    /** Which box: 0 has one pore of 4x4 cells, 1 four of 2x2, 2 sixteen of one cell. */
    @Param({"0", "2"})
    public int box;

    /** Lattice cells along z. */
    @Param({"1"})
    public int cellsAlongZ;

    private ElasticCalculator calculator;
    private Atoms atoms;

    /** Opens the calculator outside of the measurement. */
    @Setup
    public void open() {
        calculator = ElasticCalculators.open(method);
        atoms = ReferenceStructures.fig4(cellsAlongZ).get(box).structure().atoms();
    }

    /** Frees the calculator. */
    @TearDown
    public void close() {
        calculator.close();
    }

    /** From the unrelaxed box to its tensor. */
    @Benchmark
    public StaticsResult tensor() {
        StaticsResult result = calculator.calculate(atoms, Timed.STATICS, StaticsProgress.SILENT);
        if (result.outcome() != Outcome.STABLE
                || Math.abs(result.tensor().bulkModulus() - BULK_MODULI[box]) > TOLERANCE) {
            throw new IllegalStateException("wrong result, its time means nothing: " + result.explanation() + ", K "
                    + (result.tensor() == null ? "none" : result.tensor().bulkModulus() + " GPa"));
        }
        return result;
    }
}
