// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/** The little linear algebra that six stresses and six strains need. */
final class Matrix6 {
    private Matrix6() {
    }

    /** Solves A x = b; null when A is singular. */
    static double[] solve(double[][] matrix, double[] right) {
        DMatrixRMaj x = new DMatrixRMaj(right.length, 1);
        boolean solved = CommonOps_DDRM.solve(new DMatrixRMaj(matrix), DMatrixRMaj.wrap(right.length, 1, right.clone()),
                x);
        return solved && !MatrixFeatures_DDRM.hasUncountable(x) ? x.getData() : null;
    }

    static double[] multiply(double[][] matrix, double[] vector) {
        double[] result = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            result[i] = dot(matrix[i], vector);
        }
        return result;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[][] symmetric(double[][] c) {
        double[][] s = new double[c.length][c.length];
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < c.length; j++) {
                s[i][j] = 0.5 * (c[i][j] + c[j][i]);
            }
        }
        return s;
    }
}
