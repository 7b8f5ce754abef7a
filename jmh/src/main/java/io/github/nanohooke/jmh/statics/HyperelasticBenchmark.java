// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.jmh.harness.ForkFlags;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.HyperelasticCalculator;
import io.github.nanohooke.statics.hyperelastic.HyperelasticOutcome;
import io.github.nanohooke.statics.hyperelastic.HyperelasticResult;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.statics.hyperelastic.UnitCell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Energy, stress and tangent of a crystal at a new deformation beside the elastic tensor of relaxed atoms, both by
 * exact second derivatives on one core. A deformation goes on from the one before, .1 % away, as in a part, and its
 * relaxation is in its time. Undeformed, the tangent must be the tensor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = {ForkFlags.NATIVE_ACCESS, ForkFlags.NO_MEMORY_GUARD, ForkFlags.SERIAL_COLLECTOR,
        ForkFlags.WARNINGS_ONLY})
public class HyperelasticBenchmark {
    /** GPa. */
    private static final double SAME = 0.002;
    private static final double[][] WAY = {{1.010, 0.004, 0, 0, 0.995, 0, 0, 0, 1},
            {1.011, 0.004, 0, 0, 0.995, 0, 0, 0, 1}};

    private ElasticCalculator calculator;
    private StaticsResult relaxed;
    private HyperelasticCalculator crystal;
    private HyperelasticResult last;
    private UnitCell cell;
    private double[] state;
    private int turn;

    /** Relaxes a cell with two pores, and compares both at no deformation. */
    @Setup
    public void open() {
        List<Pore> pores = List.of(new Circle(12, 12, 5), new Rectangle(20, 28, 18, 26));
        PorousStructure structure = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1), pores);
        calculator = ElasticCalculators.open("hessian");
        relaxed = calculator.calculate(structure.atoms(), Timed.STATICS, StaticsProgress.SILENT);
        crystal = HyperelasticCalculator.open(relaxed.relaxed(), ReferenceCell.Kind.ZERO_STRESS, Timed.STATICS,
                StaticsProgress.SILENT);
        last = crystal.deform(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
        compare(last.tensor(), relaxed.tensor());
        cell = UnitCell.of(crystal.reference().atoms(), Timed.STATICS.potential(), CellSpace.SOLID);
        state = cell.undeformed(1);
    }

    private static void compare(ElasticTensor tangent, ElasticTensor tensor) {
        if (tangent.distance(tensor) > SAME) {
            throw new IllegalStateException("the tangent of the undeformed crystal is not its tensor: they differ by "
                    + tangent.distance(tensor) + " GPa");
        }
    }

    /** The elastic tensor from relaxed atoms. */
    @Benchmark
    public StaticsResult tensor() {
        StaticsResult result = calculator.calculate(relaxed.relaxed(), Timed.STATICS, StaticsProgress.SILENT);
        compare(result.tensor(), relaxed.tensor());
        return result;
    }

    /** W, P and A at the next deformation, as a point of a part asks for them. */
    @Benchmark
    public UnitCell.Answers deformed() {
        UnitCell.Answers answers = cell.deform(UnitCell.Settings.precise(), WAY[turn], state);
        turn ^= 1;
        if (answers.answers()[0] != UnitCell.Answer.REACHED) {
            throw new IllegalStateException("wrong result, its time means nothing: " + answers.answers()[0]);
        }
        return answers;
    }

    /** The same with the softest motion of the atoms and that of the cell, as {@code statics --deformation} tells. */
    @Benchmark
    public HyperelasticResult judged() {
        last = crystal.deform(WAY[turn], last);
        turn ^= 1;
        if (last.outcome() != HyperelasticOutcome.STABLE) {
            throw new IllegalStateException("wrong result, its time means nothing: " + last.explanation());
        }
        return last;
    }

    @TearDown
    public void close() {
        cell.close();
        crystal.close();
        calculator.close();
    }
}
