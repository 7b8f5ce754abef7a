// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;

/** Small tensors: 3x3 row by row, symmetric ones as six numbers in Voigt order. */
final class Tensors {
    private Tensors() {
    }

    static double determinant(double[] f) {
        return f[0] * (f[4] * f[8] - f[5] * f[7]) - f[1] * (f[3] * f[8] - f[5] * f[6])
                + f[2] * (f[3] * f[7] - f[4] * f[6]);
    }

    /**
     * The 36 moduli of a tensor that a law can be made of.
     *
     * @throws IllegalArgumentException when some strain would cost no energy, or less
     */
    static double[] stiffness(ElasticTensor tensor) {
        ElasticTensor symmetric = tensor.symmetric();
        if (!symmetric.isPositiveDefinite()) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "the elastic tensor is not positive definite (smallest eigenvalue %.4g GPa): a part of it would "
                            + "gain energy by deforming, so there is no solution to find",
                    symmetric.smallestEigenvalue()));
        }
        double[] flat = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                flat[6 * i + j] = symmetric.get(i, j);
            }
        }
        return flat;
    }

    /** y = M x for 6x6 M. */
    static void times(double[] m, double[] x, double[] y) {
        for (int i = 0; i < 6; i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) {
                sum += m[6 * i + j] * x[j];
            }
            y[i] = sum;
        }
    }

    /** x M x / 2 for 6x6 M: the energy of a strain. */
    static double energy(double[] m, double[] x) {
        double[] y = new double[6];
        times(m, x, y);
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += x[i] * y[i];
        }
        return 0.5 * sum;
    }

    /**
     * Eigenvalues of a symmetric tensor by Jacobi's rotations, exact to rounding also where they coincide.
     *
     * @param c      six components in Voigt order
     * @param values receives three eigenvalues
     * @param q      receives the eigenvectors as columns of a 3x3 matrix
     */
    static void eigen(double[] c, double[] values, double[] q) {
        double[] m = {c[0], c[5], c[4], c[5], c[1], c[3], c[4], c[3], c[2]};
        for (int i = 0; i < 9; i++) {
            q[i] = i % 4 == 0 ? 1 : 0;
        }
        for (int sweep = 0; sweep < 30; sweep++) {
            if (m[1] == 0 && m[2] == 0 && m[5] == 0) {
                break;
            }
            rotate(m, q, 0, 1);
            rotate(m, q, 0, 2);
            rotate(m, q, 1, 2);
        }
        values[0] = m[0];
        values[1] = m[4];
        values[2] = m[8];
    }

    private static void rotate(double[] m, double[] q, int r, int s) {
        double off = m[3 * r + s];
        if (!(Math.abs(off) > 1e-18 * (Math.abs(m[4 * r]) + Math.abs(m[4 * s])))) {
            m[3 * r + s] = Double.isNaN(off) ? off : 0;
            m[3 * s + r] = m[3 * r + s];
            return;
        }
        double theta = (m[4 * s] - m[4 * r]) / (2 * off);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cos = 1 / Math.sqrt(t * t + 1);
        double sin = t * cos;
        for (int k = 0; k < 3; k++) {
            double left = m[3 * k + r];
            double right = m[3 * k + s];
            m[3 * k + r] = cos * left - sin * right;
            m[3 * k + s] = sin * left + cos * right;
        }
        for (int k = 0; k < 3; k++) {
            double left = m[3 * r + k];
            double right = m[3 * s + k];
            m[3 * r + k] = cos * left - sin * right;
            m[3 * s + k] = sin * left + cos * right;
            left = q[3 * k + r];
            right = q[3 * k + s];
            q[3 * k + r] = cos * left - sin * right;
            q[3 * k + s] = sin * left + cos * right;
        }
        m[3 * r + s] = 0;
        m[3 * s + r] = 0;
    }
}
