// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.random.SplitMix64;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native factorisation on ill-conditioned matrices, against EJML's dense solution and eigenvalues: the residual is
 * small whatever the condition (backward stability), the error as large as the condition allows, and negative pivots
 * are as many as negative eigenvalues (Sylvester).
 */
class SparseAgainstEjmlTest {
    private static final int NX = 7;
    private static final int NY = 6;
    private static final double EPSILON = Math.ulp(1.0);

    /** Springs between the neighbours of a grid, blocks of {@code size}, in the solver's form and dense. */
    private static final class Grid {
        final int size;
        final int[] first = new int[NX * NY + 1];
        final int[] row;
        final double[] coordinates = new double[3 * NX * NY];
        final double[] values;
        final DMatrixRMaj dense;

        /**
         * @param decades springs' stiffnesses lie within so many powers of ten
         * @param shift   subtracted from the diagonal
         */
        Grid(int size, double decades, double shift, long seed) {
            this.size = size;
            int n = NX * NY;
            dense = new DMatrixRMaj(n * size, n * size);
            SplitMix64 random = new SplitMix64(seed);
            boolean[][] linked = new boolean[n][n];
            for (int i = 0; i < n; i++) {
                coordinates[3 * i] = i % NX;
                coordinates[3 * i + 1] = i / NX;
                linked[i][i] = true;
                stiffen(i, -1, decades, random); // a weak hold, so that nothing floats
                for (int j : new int[] {i % NX < NX - 1 ? i + 1 : -1, i + NX < n ? i + NX : -1}) {
                    if (j >= 0) {
                        linked[i][j] = true;
                        stiffen(i, j, decades, random);
                    }
                }
            }
            for (int k = 0; k < n * size; k++) {
                dense.add(k, k, -shift);
            }
            int blocks = 0;
            for (boolean[] column : linked) {
                for (boolean block : column) {
                    blocks += block ? 1 : 0;
                }
            }
            row = new int[blocks];
            values = new double[blocks * size * size];
            int at = 0;
            for (int j = 0; j < n; j++) {
                for (int i = j; i < n; i++) {
                    if (linked[j][i]) {
                        row[at] = i;
                        for (int a = 0; a < size * size; a++) {
                            values[at * size * size + a] = dense.get(i * size + a / size, j * size + a % size);
                        }
                        at++;
                    }
                }
                first[j + 1] = at;
            }
        }

        private void stiffen(int i, int j, double decades, SplitMix64 random) {
            double stiffness = Math.pow(10, -decades * random.nextDouble());
            double[] direction = new double[size];
            for (int a = 0; a < size; a++) {
                direction[a] = random.nextDouble(-1, 1);
            }
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    double k = stiffness * (direction[a] * direction[b] + (a == b ? 0.1 : 0));
                    dense.add(i * size + a, i * size + b, k);
                    if (j >= 0) {
                        dense.add(j * size + a, j * size + b, k);
                        dense.add(i * size + a, j * size + b, -k);
                        dense.add(j * size + a, i * size + b, -k);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "blocks of {0}, 10^-{1}, shift {2}")
    @CsvSource({"1, 0, 0", "2, 6, 0", "3, 12, 0", "2, 0, 0.3", "3, 6, 1e-3", "3, 12, 1e-6", "1, 14, 0"})
    void solutionsAndSignatureAreThoseOfTheDenseMatrix(int size, double decades, double shift) {
        for (long seed = 1; seed <= 4; seed++) {
            Grid grid = new Grid(size, decades, shift, seed);
            int n = NX * NY * size;
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
            assertThat(eigen.decompose(grid.dense.copy())).isTrue();
            int negative = 0;
            double largest = 0;
            double smallest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < n; k++) {
                double value = eigen.getEigenvalue(k).getReal();
                negative += value < 0 ? 1 : 0;
                largest = Math.max(largest, Math.abs(value));
                smallest = Math.min(smallest, Math.abs(value));
            }
            SplitMix64 random = new SplitMix64(seed);
            DMatrixRMaj b = new DMatrixRMaj(n, 1);
            for (int k = 0; k < n; k++) {
                b.set(k, 0, random.nextDouble(-1, 1));
            }
            DMatrixRMaj expected = new DMatrixRMaj(n, 1);
            assertThat(CommonOps_DDRM.solve(grid.dense.copy(), b, expected)).isTrue();
            double[] x = b.getData().clone();
            try (SparseSolver solver = new NativeSparseSolver(size, grid.first, grid.row, grid.coordinates)) {
                int pivots = solver.factorise(grid.values);
                // An eigenvalue below rounding has no sign.
                if (smallest > 100 * n * EPSILON * largest) {
                    assertThat(pivots).as("seed %d", seed).isEqualTo(negative);
                }
                solver.solve(x);
            }
            double norm = 0;
            double error = 0;
            for (int k = 0; k < n; k++) {
                norm = Math.max(norm, Math.abs(expected.get(k, 0)));
                error = Math.max(error, Math.abs(x[k] - expected.get(k, 0)));
            }
            assertThat(residual(grid.dense, x, b)).as("residual, seed %d", seed)
                    .isLessThan(100 * n * EPSILON * largest * norm);
            assertThat(error).as("error, seed %d, condition %.1e", seed, largest / smallest)
                    .isLessThan(10 * n * EPSILON * (largest / smallest) * norm);
        }
    }

    private static double residual(DMatrixRMaj a, double[] x, DMatrixRMaj b) {
        double most = 0;
        for (int i = 0; i < x.length; i++) {
            double sum = -b.get(i, 0);
            for (int j = 0; j < x.length; j++) {
                sum += a.get(i, j) * x[j];
            }
            most = Math.max(most, Math.abs(sum));
        }
        return most;
    }

    @Test
    void aMatrixOfZerosHasNoSolution() {
        Grid grid = new Grid(2, 0, 0, 1);
        try (SparseSolver solver = new NativeSparseSolver(2, grid.first, grid.row, grid.coordinates)) {
            assertThatThrownBy(() -> {
                solver.factorise(new double[grid.values.length]);
                double[] b = new double[2 * NX * NY];
                Arrays.fill(b, 1);
                solver.solve(b);
            }).isInstanceOf(SingularMatrixException.class);
        }
    }

    /** The library reads as many rows as the columns' beginnings say. */
    @ParameterizedTest(name = "columns begin at {0}")
    @ValueSource(strings = {"0 4 3", "0 1 4", "0 1 2", "0 -1 3", "1 2 3", "0", ""})
    void columnsBeyondTheBlocksAreRefused(String places) {
        int[] first = Arrays.stream(places.split(" ")).filter(place -> !place.isEmpty()).mapToInt(Integer::parseInt)
                .toArray();
        assertThatThrownBy(() -> new NativeSparseSolver(1, first, new int[] {0, 1, 1},
                new double[Math.max(0, 3 * (first.length - 1))])).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rise from 0 to the number of blocks, 3");
    }
}
