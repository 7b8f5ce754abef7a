// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rotations;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One crystal told in many ways: whatever axes, cell vectors, handedness and origin the input has, the tensor is that
 * of the material in the input's axes.
 */
class RandomCellsTest {
    private static final double AGREES = 1e-6;
    private static final StaticsOptions TIGHT = StaticsOptions.defaults().withForceTolerance(1e-9)
            .withStressTolerance(1e-9);
    private static final int PERFECT = 120;
    private static final int POROUS = 80;
    private static final int PIXELS = 64;

    private static HessianElasticCalculator calculator;

    @BeforeAll
    static void open() {
        calculator = new HessianElasticCalculator();
    }

    @AfterAll
    static void close() {
        if (calculator != null) {
            calculator.close();
        }
    }

    @Test
    void aPerfectCrystalInAnyCellHasItsTensorInTheInputsAxes() {
        Atoms conventional = PorousStructure.perfect(Lattice.aluminium(), new Cells(2, 2, 2)).atoms();
        ElasticTensor cubic = calculate(conventional).tensor();
        assertThat(cubic.distance(ElasticTensor.cubic(113.796, 61.555, 31.595))).isLessThan(1e-3);
        Random random = new Random(7);
        for (int k = 0; k < PERFECT; k++) {
            double[][] turn = orthogonal(random);
            int[][] vectors = latticeVectors(random);
            Atoms atoms = crystal(vectors, turn, random);
            StaticsResult result = calculate(atoms);
            assertThat(result.outcome()).isEqualTo(Outcome.STABLE);
            assertThat(result.tensor().distance(cubic.rotated(turn))).as("%d: %s", k, atoms).isLessThan(AGREES);
            assertIsPureStretch(result);
        }
    }

    @Test
    void aPorousCellAndItsCopiesHaveOneTensor() {
        Random random = new Random(11);
        for (int k = 0; k < POROUS;) {
            Atoms atoms = porous(random).atoms();
            if (!calculator.hasStableHessian(atoms, TIGHT)) {
                continue; // several ways down: the minimum may depend on rounding
            }
            StaticsResult original = calculate(atoms);
            if (original.outcome() != Outcome.STABLE || original.relaxed().count() != atoms.count()) {
                continue;
            }
            assertIsPureStretch(original);
            assertMirrored(original, atoms, SquareSymmetry.values()[1 + k % 7]);
            assertTurned(original, atoms, random);
            assertShifted(original, atoms, 1 + random.nextInt(PIXELS - 1), random.nextInt(PIXELS));
            k++;
        }
    }

    private static void assertMirrored(StaticsResult original, Atoms atoms, SquareSymmetry symmetry) {
        StaticsResult copy = calculate(symmetry.apply(atoms));
        assertThat(copy.tensor().distance(original.tensor().transformed(symmetry))).as("%s of %s", symmetry, atoms)
                .isLessThan(AGREES);
        assertThat(image(copy)).isEqualTo(image(original).transformed(symmetry));
    }

    private static void assertTurned(StaticsResult original, Atoms atoms, Random random) {
        double[][] turn = orthogonal(random);
        Cell cell = atoms.cell().transformed(turn);
        // Another choice of the same lattice: b + a in place of b, and c turned round, which makes it left-handed.
        double[][] rows = cell.rows();
        for (int d = 0; d < 3; d++) {
            rows[1][d] += rows[0][d];
            rows[2][d] *= -1;
        }
        StaticsResult copy = calculate(atoms.moved(Cell.of(rows), moved(atoms, turn, new double[3])).wrapped());
        assertThat(copy.tensor().distance(original.tensor().rotated(turn))).as("%s", atoms).isLessThan(AGREES);
        assertIsPureStretch(copy);
    }

    private static void assertShifted(StaticsResult original, Atoms atoms, int columns, int rows) {
        double[] by = {columns * atoms.cell().length(0) / PIXELS, rows * atoms.cell().length(1) / PIXELS, 1.7};
        double[][] unit = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        StaticsResult copy = calculate(atoms.moved(atoms.cell(), moved(atoms, unit, by)));
        assertThat(copy.tensor().distance(original.tensor())).as("%s", atoms).isLessThan(AGREES);
        // Rows of an image are counted from the top.
        assertThat(image(copy)).isEqualTo(image(original).shifted(-rows, columns));
    }

    private static StructureImage image(StaticsResult result) {
        return StructureImage.of(result.relaxed(), PIXELS);
    }

    private static void assertIsPureStretch(StaticsResult result) {
        double[][] f = result.relaxed().cell().deformationFrom(result.cell());
        assertThat(Rotations.angle(Rotations.ofDeformation(f))).isLessThan(1e-10);
    }

    private static StaticsResult calculate(Atoms atoms) {
        return calculator.calculate(atoms, TIGHT, StaticsProgress.SILENT);
    }

    private static PorousStructure porous(Random random) {
        List<Pore> pores = random.nextBoolean()
                ? List.of(new Circle(9 + 4 * random.nextDouble(), 10 + 4 * random.nextDouble(),
                        3 + 3 * random.nextDouble()))
                : List.of(Polygon.of(new double[][] {{4 + random.nextDouble(), 5}, {18, 5 + 4 * random.nextDouble()},
                        {8 + 5 * random.nextDouble(), 17}}));
        return new PorousStructure(Lattice.aluminium(), new Cells(6, 6, 1), pores);
    }

    /** A turn of space about a random axis, every other time with a mirror. */
    private static double[][] orthogonal(Random random) {
        double[] q = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double n = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        double w = q[0] / n;
        double x = q[1] / n;
        double y = q[2] / n;
        double z = q[3] / n;
        double sign = random.nextBoolean() ? 1 : -1;
        double[][] r = {
            {1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
            {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
            {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}};
        for (double[] row : r) {
            for (int d = 0; d < 3; d++) {
                row[d] *= sign;
            }
        }
        return r;
    }

    /** Whole multiples of half the lattice constant that are vectors of the fcc lattice and span a cell. */
    private static int[][] latticeVectors(Random random) {
        while (true) {
            int[][] v = new int[3][3];
            for (int[] row : v) {
                do {
                    for (int d = 0; d < 3; d++) {
                        row[d] = random.nextInt(7) - 3;
                    }
                } while ((row[0] + row[1] + row[2]) % 2 != 0);
            }
            int volume = Math.abs(determinant(v));
            if (volume > 0 && volume <= 32) {
                return v;
            }
        }
    }

    private static int determinant(int[][] v) {
        return v[0][0] * (v[1][1] * v[2][2] - v[1][2] * v[2][1]) - v[0][1] * (v[1][0] * v[2][2] - v[1][2] * v[2][0])
                + v[0][2] * (v[1][0] * v[2][1] - v[1][1] * v[2][0]);
    }

    /** The fcc crystal in the cell of these lattice vectors, turned, slightly strained, its origin anywhere. */
    private static Atoms crystal(int[][] vectors, double[][] turn, Random random) {
        double half = Lattice.aluminium().constant() / 2;
        double[][] rows = new double[3][3];
        for (int v = 0; v < 3; v++) {
            for (int d = 0; d < 3; d++) {
                rows[v][d] = half * vectors[v][d];
            }
        }
        Cell cell = Cell.of(rows);
        double[] found = new double[3 * Math.abs(determinant(vectors))];
        int count = 0;
        for (int x = -9; x <= 9; x++) {
            for (int y = -9; y <= 9; y++) {
                for (int z = -9; z <= 9; z++) {
                    if ((x + y + z) % 2 == 0 && isInside(cell, half * x, half * y, half * z)) {
                        found[count++] = half * x;
                        found[count++] = half * y;
                        found[count++] = half * z;
                    }
                }
            }
        }
        // The fcc lattice has half a site per cube of half a lattice constant.
        Atoms atoms = Atoms.of("Al", cell, java.util.Arrays.copyOf(found, count));
        assertThat(2 * atoms.count()).isEqualTo(Math.abs(determinant(vectors)));
        double[] by = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
        return atoms.moved(cell.transformed(turn), moved(atoms, turn, by));
    }

    private static boolean isInside(Cell cell, double x, double y, double z) {
        for (int v = 0; v < 3; v++) {
            double fraction = cell.fraction(v, x, y, z);
            if (fraction < -1e-9 || fraction >= 1 - 1e-9) {
                return false;
            }
        }
        return true;
    }

    private static double[] moved(Atoms atoms, double[][] turn, double[] by) {
        double[] p = atoms.positions();
        double[] moved = new double[p.length];
        for (int i = 0; i < p.length; i += 3) {
            for (int d = 0; d < 3; d++) {
                moved[i + d] = turn[d][0] * p[i] + turn[d][1] * p[i + 1] + turn[d][2] * p[i + 2] + by[d];
            }
        }
        return moved;
    }
}
