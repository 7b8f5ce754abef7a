// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.structure.Rotations;
import io.github.nanohooke.tensor.Voigt;
import java.util.Arrays;

/** Deformation gradients as nine numbers, row by row. */
public final class Deformations {
    private static final int[][] PAIR = Voigt.pairs();
    /** Far beyond any instability, and near enough to be walked to. */
    private static final double MOST = 10;

    private Deformations() {
    }

    /** No deformation. */
    public static double[] none() {
        return new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
    }

    /** A symmetric stretch of the components 11, 22, 33, 23, 13, 12. */
    public static double[] stretch(double... u) {
        return new double[] {u[0], u[5], u[4], u[5], u[1], u[3], u[4], u[3], u[2]};
    }

    /** I + E of the strains 11, 22, 33, 23, 13, 12 (the tensor's own components, not engineering shear). */
    static double[] stretchOfStrain(double[] e) {
        return stretch(1 + e[0], 1 + e[1], 1 + e[2], e[3], e[4], e[5]);
    }

    public static double determinant(double[] f) {
        return f[0] * (f[4] * f[8] - f[5] * f[7]) - f[1] * (f[3] * f[8] - f[5] * f[6])
                + f[2] * (f[3] * f[7] - f[4] * f[6]);
    }

    /** @throws StaticsException when this maps a volume to nothing or inside out, or is not finite */
    public static void require(double[] f) {
        double determinant = determinant(f);
        if (!(determinant > 0) || !Double.isFinite(determinant)) {
            throw new StaticsException("a deformation gradient needs a positive determinant, and that of "
                    + Arrays.toString(f) + " is " + determinant + ": it maps matter to nothing or inside out. Give F"
                    + " row by row, dx/dX dx/dY dx/dZ dy/dX ...; 1 0 0 0 1 0 0 0 1 deforms nothing");
        }
        if (Arrays.stream(f).anyMatch(entry -> Math.abs(entry) > MOST)) {
            throw new StaticsException("the deformation gradient " + Arrays.toString(f) + " has an entry beyond "
                    + MOST + ", which no crystal bears");
        }
    }

    /** @throws StaticsException when this symmetric stretch turns some direction inside out, or is not finite */
    public static void requireStretch(double[] u) {
        double first = u[0];
        double second = u[0] * u[4] - u[1] * u[3];
        double third = determinant(u);
        if (!(first > 0 && second > 0 && third > 0) || !Double.isFinite(third)
                || u[0] + u[4] + u[8] > 3 * MOST) {
            throw new StaticsException("a stretch needs positive principal values, and " + Arrays.toString(u) + " (row"
                    + " by row) has others: it turns some direction inside out. Give U11 U22 U33 U23 U13 U12; 1 1 1 0"
                    + " 0 0"
                    + " deforms nothing");
        }
    }

    /** Whether nothing shears along z. */
    public static boolean isPlane(double[] f) {
        return f[2] == 0 && f[5] == 0 && f[6] == 0 && f[7] == 0;
    }

    static double[] product(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                c[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
            }
        }
        return c;
    }

    static double[] transposed(double[] a) {
        return new double[] {a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]};
    }

    /** Green-Lagrange strain (F'F - I) / 2, six components without factors. */
    public static double[] greenStrain(double[] f) {
        double[] c = product(transposed(f), f);
        double[] e = new double[6];
        for (int t = 0; t < 6; t++) {
            e[t] = 0.5 * (c[3 * PAIR[t][0] + PAIR[t][1]] - (t < 3 ? 1 : 0));
        }
        return e;
    }

    /** The gradient of a Green strain that is turned as much as another gradient. */
    static double[] ofGreenStrain(double[] e, double[] like) {
        double[] c = stretch(1 + 2 * e[0], 1 + 2 * e[1], 1 + 2 * e[2], 2 * e[3], 2 * e[4], 2 * e[5]);
        double[][] r = Rotations.ofDeformation(new double[][] {{like[0], like[1], like[2]}, {like[3], like[4], like[5]},
            {like[6], like[7], like[8]}});
        double[] rotation = {r[0][0], r[0][1], r[0][2], r[1][0], r[1][1], r[1][2], r[2][0], r[2][1], r[2][2]};
        return product(rotation, squareRoot(c));
    }

    /** Of a symmetric positive definite matrix, by Denman and Beavers' iteration. */
    static double[] squareRoot(double[] c) {
        double[] y = c.clone();
        double[] z = none();
        for (int k = 0; k < 40; k++) {
            double[] iz = inverse(z);
            double[] iy = inverse(y);
            double change = 0;
            for (int q = 0; q < 9; q++) {
                double before = y[q];
                y[q] = 0.5 * (before + iz[q]);
                z[q] = 0.5 * (z[q] + iy[q]);
                change = Math.max(change, Math.abs(y[q] - before));
            }
            if (change < 1e-16) {
                break;
            }
        }
        return y;
    }

    /** Of a matrix of nine numbers. */
    public static double[] inverse(double[] m) {
        double d = determinant(m);
        double[] r = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int i1 = (i + 1) % 3;
                int i2 = (i + 2) % 3;
                int j1 = (j + 1) % 3;
                int j2 = (j + 2) % 3;
                r[3 * j + i] = (m[3 * i1 + j1] * m[3 * i2 + j2] - m[3 * i1 + j2] * m[3 * i2 + j1]) / d;
            }
        }
        return r;
    }

    /** Cauchy stress P F' / det F, symmetric, nine numbers. */
    static double[] cauchy(double[] f, double[] p) {
        double[] s = product(p, transposed(f));
        double determinant = determinant(f);
        for (int q = 0; q < 9; q++) {
            s[q] /= determinant;
        }
        return s;
    }

    /**
     * Second derivatives of the energy by strains on top of a deformation, dF = eps F with eps symmetric: six by six,
     * Voigt's order, engineering shear. In a stress-free state it is the elastic tensor times the change of volume.
     */
    static double[][] onTop(double[] f, double[] a) {
        double[][] g = new double[6][];
        for (int t = 0; t < 6; t++) {
            double[] eps = new double[9];
            int i = PAIR[t][0];
            int j = PAIR[t][1];
            eps[3 * i + j] += t < 3 ? 1 : 0.5;
            if (t >= 3) {
                eps[3 * j + i] += 0.5;
            }
            g[t] = product(eps, f);
        }
        double[][] c = new double[6][6];
        for (int t = 0; t < 6; t++) {
            for (int u = 0; u < 6; u++) {
                for (int q = 0; q < 9; q++) {
                    for (int r = 0; r < 9; r++) {
                        if (g[t][q] != 0 && g[u][r] != 0) {
                            c[t][u] += g[t][q] * a[9 * q + r] * g[u][r];
                        }
                    }
                }
            }
        }
        return c;
    }
}
