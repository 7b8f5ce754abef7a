// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/**
 * Cauchy stress R (C : ln U) R', turned with the material: what a linear law in the logarithmic strain gives in a UMAT
 * of Abaqus or CalculiX. S = J U^-1 T U^-1. It has no energy (work around a closed path is not zero), and its tangent
 * is not symmetric.
 */
public final class CauchyLogLaw extends SpectralLaw {

    /** @throws IllegalArgumentException when the tensor's symmetric part is not positive definite */
    public CauchyLogLaw(ElasticTensor tensor) {
        super(tensor);
    }

    @Override
    public String name() {
        return "cauchy-log";
    }

    @Override
    public boolean hasEnergy() {
        return false;
    }

    @Override
    double energyOf(double[] cauchyGreen) {
        return Double.NaN;
    }

    @Override
    void secondPiola(Frame frame, double[] s) {
        double volume = volume(frame);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                s[3 * a + b] = volume * frame.t[3 * a + b] / (stretch(frame, a) * stretch(frame, b));
            }
        }
    }

    /** dS/dE = 2 dS/dC, factor by factor: J, both U^-1, and T. */
    @Override
    void moduli(Frame frame, double[] d) {
        double[] s = new double[9];
        secondPiola(frame, s);
        double volume = volume(frame);
        double[] inverse = new double[9];
        for (int k = 0; k < 9; k++) {
            inverse[k] = SpectralFunction.INVERSE_STRETCH.first(frame.lambda[k / 3], frame.lambda[k % 3]);
        }
        for (int c = 0; c < 3; c++) {
            for (int e = c; e < 3; e++) {
                // X = sym(e_c e_e); N = d(U^-1)[X], L = d(ln U)[X].
                double unit = c == e ? 1 : 0.5;
                double slope = inverse[3 * c + e] * unit;
                double trace = c == e ? 1 / frame.lambda[c] : 0;
                double log = frame.log[3 * c + e];
                for (int a = 0; a < 3; a++) {
                    for (int b = a; b < 3; b++) {
                        double value = 0.5 * trace * s[3 * a + b];
                        value += volume / (stretch(frame, a) * stretch(frame, b)) * log
                                * frame.c[6 * VOIGT[a][b] + VOIGT[c][e]];
                        value += volume * (turned(frame, slope, c, e, a, b) + turned(frame, slope, c, e, b, a));
                        d[6 * VOIGT[a][b] + VOIGT[c][e]] = 2 * value;
                    }
                }
            }
        }
    }

    /** (N T U^-1)_ab with N = slope (e_c e_e + e_e e_c), each once where c = e. */
    private static double turned(Frame frame, double slope, int c, int e, int a, int b) {
        double sum = 0;
        if (a == c) {
            sum += slope * frame.t[3 * e + b];
        }
        if (a == e && c != e) {
            sum += slope * frame.t[3 * c + b];
        }
        return sum / stretch(frame, b);
    }

    private static double stretch(Frame frame, int a) {
        return Math.sqrt(frame.lambda[a]);
    }

    private static double volume(Frame frame) {
        return Math.sqrt(frame.lambda[0] * frame.lambda[1] * frame.lambda[2]);
    }
}
