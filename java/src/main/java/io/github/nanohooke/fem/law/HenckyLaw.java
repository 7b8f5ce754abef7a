// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/**
 * Hencky's energy W = H : C : H / 2 in the logarithmic strain H = ln U (Hencky 1928; moduli as in Miehe and Lambrecht
 * 2001). Of the laws here the one that follows the crystal of atoms furthest.
 */
public final class HenckyLaw extends SpectralLaw {

    /** @throws IllegalArgumentException when the tensor's symmetric part is not positive definite */
    public HenckyLaw(ElasticTensor tensor) {
        super(tensor);
    }

    @Override
    public String name() {
        return "hencky";
    }

    @Override
    double energyOf(double[] cauchyGreen) {
        Frame frame = frame(cauchyGreen);
        return 0.5 * (frame.t[0] * frame.h[0] + frame.t[4] * frame.h[1] + frame.t[8] * frame.h[2]);
    }

    /** S = 2 dW/dC = 2 T : dH/dC. */
    @Override
    void secondPiola(Frame frame, double[] s) {
        for (int k = 0; k < 9; k++) {
            s[k] = 2 * frame.log[k] * frame.t[k];
        }
    }

    /** dS/dE = 4 d2W/dC2: the elastic tensor seen through dH/dC, and T : d2H/dC2. */
    @Override
    void moduli(Frame frame, double[] d) {
        double[] log = frame.log;
        double[] second = new double[27];
        for (int k = 0; k < 27; k++) {
            second[k] = SpectralFunction.LOG_STRETCH.second(frame.lambda[k / 9], frame.lambda[k / 3 % 3],
                    frame.lambda[k % 3]);
        }
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                int row = VOIGT[a][b];
                for (int c = 0; c < 3; c++) {
                    for (int e = c; e < 3; e++) {
                        int column = VOIGT[c][e];
                        double value = 4 * log[3 * a + b] * log[3 * c + e] * frame.c[6 * row + column];
                        d[6 * row + column] = value + 4 * curvature(second, frame.t, a, b, c, e);
                    }
                }
            }
        }
    }

    /**
     * T : d2H[X, Y] for the unit tensors X = sym(e_a e_b), Y = sym(e_c e_d): with d2H[X, Y]_ij = sum over k of
     * f[i, k, j] (X_ik Y_kj + Y_ik X_kj).
     */
    private static double curvature(double[] second, double[] t, int a, int b, int c, int d) {
        return 0.25 * (ordered(second, t, a, b, c, d) + ordered(second, t, b, a, c, d)
                + ordered(second, t, a, b, d, c) + ordered(second, t, b, a, d, c));
    }

    private static double ordered(double[] second, double[] t, int a, int b, int c, int d) {
        double sum = 0;
        if (b == c) {
            sum += second[9 * a + 3 * b + d] * t[3 * a + d];
        }
        if (d == a) {
            sum += second[9 * c + 3 * d + b] * t[3 * c + b];
        }
        return sum;
    }
}
