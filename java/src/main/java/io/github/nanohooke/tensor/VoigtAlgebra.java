// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Linear algebra of 6x6 matrices in Voigt order 11, 22, 33, 23, 13, 12. Arrays in, new arrays out. */
final class VoigtAlgebra {
    private static final int N = 6;
    /** The two tensor indices of a Voigt index. */
    private static final int[][] PAIR = Voigt.pairs();
    /** The Voigt index of two tensor indices. */
    private static final int[][] VOIGT = Voigt.indices();
    /** Largest deviation from orthogonality or from a minor symmetry that counts as rounding. */
    private static final double ROUNDING = 1e-9;

    private VoigtAlgebra() {
    }

    static double[][][][] toFull(double[][] c) {
        double[][][][] full = new double[3][3][3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        full[i][j][k][l] = c[VOIGT[i][j]][VOIGT[k][l]];
                    }
                }
            }
        }
        return full;
    }

    static double[][] fromFull(double[][][][] full) {
        double[][] c = new double[N][N];
        double largest = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                c[i][j] = full[PAIR[i][0]][PAIR[i][1]][PAIR[j][0]][PAIR[j][1]];
                largest = Math.max(largest, Math.abs(c[i][j]));
            }
        }
        double[][][][] again = toFull(c);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        if (!(Math.abs(full[i][j][k][l] - again[i][j][k][l]) <= ROUNDING * largest)) {
                            throw new IllegalArgumentException("C_ijkl lacks the symmetry ij = ji, kl = lk at ijkl = "
                                    + (i + 1) + (j + 1) + (k + 1) + (l + 1) + ": " + full[i][j][k][l] + " against "
                                    + again[i][j][k][l]);
                        }
                    }
                }
            }
        }
        return c;
    }

    /**
     * Bond's matrix M of a rotation: stresses turn as M s, stiffnesses as M C M^T.
     *
     * @throws IllegalArgumentException when r is not a 3x3 orthogonal matrix
     */
    static double[][] bondMatrix(double[][] r) {
        requireOrthogonal(r);
        double[][] m = new double[N][N];
        for (int i = 0; i < N; i++) {
            int a = PAIR[i][0];
            int b = PAIR[i][1];
            for (int j = 0; j < N; j++) {
                int p = PAIR[j][0];
                int q = PAIR[j][1];
                m[i][j] = p == q ? r[a][p] * r[b][p] : r[a][p] * r[b][q] + r[a][q] * r[b][p];
            }
        }
        return m;
    }

    private static void requireOrthogonal(double[][] r) {
        if (r.length != 3 || r[0].length != 3 || r[1].length != 3 || r[2].length != 3) {
            throw new IllegalArgumentException("a rotation is a 3x3 matrix");
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = r[i][0] * r[j][0] + r[i][1] * r[j][1] + r[i][2] * r[j][2];
                if (!(Math.abs(dot - (i == j ? 1 : 0)) <= ROUNDING)) {
                    throw new IllegalArgumentException("the matrix is not orthogonal: rows " + (i + 1) + " and "
                            + (j + 1) + " have the product " + dot + ", expected " + (i == j ? 1 : 0));
                }
            }
        }
    }

    /** M C M^T. */
    static double[][] congruence(double[][] m, double[][] c) {
        double[][] mc = new double[N][N];
        double[][] result = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    mc[i][j] += m[i][k] * c[k][j];
                }
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    result[i][j] += mc[i][k] * m[j][k];
                }
            }
        }
        return result;
    }

    /** Where each Voigt index goes under a symmetry of the square, and with which sign. */
    static void signedPermutation(SquareSymmetry symmetry, int[] to, int[] sign) {
        double[][] matrix = symmetry.matrix();
        int[] axis = new int[3];
        int[] axisSign = new int[3];
        for (int old = 0; old < 3; old++) {
            for (int now = 0; now < 3; now++) {
                if (matrix[now][old] != 0) {
                    axis[old] = now;
                    axisSign[old] = (int) matrix[now][old];
                }
            }
        }
        for (int i = 0; i < N; i++) {
            to[i] = VOIGT[axis[PAIR[i][0]]][axis[PAIR[i][1]]];
            sign[i] = axisSign[PAIR[i][0]] * axisSign[PAIR[i][1]];
        }
    }

    /** The inverse, or {@code null} when the factorisation breaks down. */
    static double[][] inverse(double[][] c) {
        DMatrixRMaj inverse = new DMatrixRMaj(N, N);
        return CommonOps_DDRM.invert(new DMatrixRMaj(c), inverse) ? inverse.get2DData() : null;
    }

    /** Largest row sum of absolute values; not finite when a component is not. */
    static double norm(double[][] c) {
        double largest = 0;
        for (double[] row : c) {
            double sum = 0;
            for (double value : row) {
                sum += Math.abs(value);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** Cholesky of a symmetric matrix, with pivots that are rounding alone taken as zero. */
    static boolean isPositiveDefinite(double[][] c) {
        double largest = 0;
        for (int i = 0; i < N; i++) {
            largest = Math.max(largest, c[i][i]);
        }
        double zero = N * Math.ulp(1.0) * largest;
        double[][] lower = new double[N][N];
        for (int j = 0; j < N; j++) {
            double pivot = c[j][j];
            for (int k = 0; k < j; k++) {
                pivot -= lower[j][k] * lower[j][k];
            }
            if (!(pivot > zero)) {
                return false;
            }
            lower[j][j] = Math.sqrt(pivot);
            for (int i = j + 1; i < N; i++) {
                double sum = c[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = sum / lower[j][j];
            }
        }
        return true;
    }

    /** Eigenvalues, ascending, of a symmetric Voigt matrix in Kelvin's notation. */
    static double[] kelvinEigenvalues(double[][] c) {
        EigenDecomposition_F64<DMatrixRMaj> solver = kelvin(c, false);
        double[] values = new double[N];
        for (int i = 0; i < N; i++) {
            values[i] = solver.getEigenvalue(i).getReal();
        }
        Arrays.sort(values);
        return values;
    }

    /** The tensor of unit length, components 11 22 33 23 13 12 without factors, that has the smallest eigenvalue. */
    static double[] softest(double[][] c) {
        EigenDecomposition_F64<DMatrixRMaj> solver = kelvin(c, true);
        int least = 0;
        for (int i = 1; i < N; i++) {
            least = solver.getEigenvalue(i).getReal() < solver.getEigenvalue(least).getReal() ? i : least;
        }
        double[] strain = solver.getEigenVector(least).getData().clone();
        double largest = 0;
        for (int i = 0; i < N; i++) {
            strain[i] /= i < 3 ? 1 : Math.sqrt(2);
            largest = Math.abs(strain[i]) > Math.abs(largest) ? strain[i] : largest;
        }
        // Either sign is an eigenvector: the one whose largest component is positive.
        for (int i = 0; i < N; i++) {
            strain[i] = 0 + strain[i] * Math.signum(largest);
        }
        return strain;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> kelvin(double[][] c, boolean vectors) {
        DMatrixRMaj kelvin = new DMatrixRMaj(N, N);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                kelvin.set(i, j, c[i][j] * (i < 3 ? 1 : Math.sqrt(2)) * (j < 3 ? 1 : Math.sqrt(2)));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(N, vectors, true);
        if (!solver.decompose(kelvin)) {
            throw new ArithmeticException("the eigenvalues of the elastic tensor did not converge");
        }
        return solver;
    }

    /** 1 / (n_i n_j n_k n_l S_ijkl) along the unit vector n of a direction. */
    static double youngsModulus(double[][] s, double[] direction) {
        if (direction.length != 3) {
            throw new IllegalArgumentException("a direction has 3 components, got " + direction.length);
        }
        double length = Math.hypot(Math.hypot(direction[0], direction[1]), direction[2]);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("a direction must have a length, got ("
                    + direction[0] + ", " + direction[1] + ", " + direction[2] + ")");
        }
        double[] m = new double[N];
        for (int i = 0; i < N; i++) {
            m[i] = direction[PAIR[i][0]] / length * (direction[PAIR[i][1]] / length);
        }
        double inverse = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                inverse += m[i] * s[i][j] * m[j];
            }
        }
        return 1 / inverse;
    }
}
