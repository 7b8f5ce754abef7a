// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.Voigt;

/**
 * A law that depends on F through the right Cauchy-Green tensor C = F' F alone, and so is objective by construction.
 * What it gives is the second Piola-Kirchhoff stress S and the moduli D = dS/dE of the Green-Lagrange strain; pushed
 * forward, P = F S and A_iJkL = delta_ik S_JL + F_iM D_MJNL F_kN (Bonet and Wood 2008, sections 5 and 8).
 *
 * <p>Symmetric tensors are six numbers in Voigt order 11, 22, 33, 23, 13, 12, here without factors (C_12, not 2 C_12);
 * D is 6x6 row by row with D_IJ = D_MJNL, for engineering shear.
 */
abstract class StrainLaw implements MaterialLaw {
    /** Voigt index of a pair of axes. */
    static final int[][] VOIGT = Voigt.indices();

    /** W [GPa] of C, six components. */
    abstract double energyOf(double[] c);

    /** S [GPa] of C; six components each. */
    abstract void secondPiola(double[] c, double[] s);

    /** S and D [GPa] of C; six and 36 components. */
    abstract void moduli(double[] c, double[] s, double[] d);

    @Override
    public final double energy(double[] f) {
        return Tensors.determinant(f) > 0 ? energyOf(rightCauchyGreen(f)) : Double.NaN;
    }

    @Override
    public final void stress(double[] f, double[] p) {
        double[] s = new double[6];
        secondPiola(rightCauchyGreen(f), s);
        push(f, s, p);
    }

    @Override
    public final void tangent(double[] f, double[] p, double[] a) {
        double[] s = new double[6];
        double[] d = new double[36];
        moduli(rightCauchyGreen(f), s, d);
        push(f, s, p);
        // t_iJN,L = F_iM D_MJNL, then F_kN.
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int row = 9 * (3 * i + j);
                for (int l = 0; l < 3; l++) {
                    double t0 = contracted(f, d, i, j, 0, l);
                    double t1 = contracted(f, d, i, j, 1, l);
                    double t2 = contracted(f, d, i, j, 2, l);
                    for (int k = 0; k < 3; k++) {
                        double value = t0 * f[3 * k] + t1 * f[3 * k + 1] + t2 * f[3 * k + 2];
                        a[row + 3 * k + l] = i == k ? value + s[VOIGT[j][l]] : value;
                    }
                }
            }
        }
    }

    private static double contracted(double[] f, double[] d, int i, int j, int n, int l) {
        int column = VOIGT[n][l];
        return f[3 * i] * d[6 * VOIGT[0][j] + column] + f[3 * i + 1] * d[6 * VOIGT[1][j] + column]
                + f[3 * i + 2] * d[6 * VOIGT[2][j] + column];
    }

    private static void push(double[] f, double[] s, double[] p) {
        double sign = Tensors.determinant(f) > 0 ? 1 : Double.NaN;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[3 * i + j] = sign * (f[3 * i] * s[VOIGT[0][j]] + f[3 * i + 1] * s[VOIGT[1][j]]
                        + f[3 * i + 2] * s[VOIGT[2][j]]);
            }
        }
    }

    private static double[] rightCauchyGreen(double[] f) {
        return new double[] {
            f[0] * f[0] + f[3] * f[3] + f[6] * f[6],
            f[1] * f[1] + f[4] * f[4] + f[7] * f[7],
            f[2] * f[2] + f[5] * f[5] + f[8] * f[8],
            f[1] * f[2] + f[4] * f[5] + f[7] * f[8],
            f[0] * f[2] + f[3] * f[5] + f[6] * f[8],
            f[0] * f[1] + f[3] * f[4] + f[6] * f[7]};
    }
}
