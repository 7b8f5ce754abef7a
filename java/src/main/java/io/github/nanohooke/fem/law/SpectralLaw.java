// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/**
 * A law of the logarithmic strain H = ln U, worked out in the eigenbasis of C = U U, where derivatives of functions of
 * C are products with divided differences. T = C : H is the stress that belongs to H.
 */
abstract class SpectralLaw extends StrainLaw {
    private final double[] stiffness;

    SpectralLaw(ElasticTensor tensor) {
        stiffness = Tensors.stiffness(tensor);
    }

    /** Everything about one C, in its eigenbasis. */
    static final class Frame {
        final double[] lambda = new double[3];
        final double[] q = new double[9];
        /** H, diagonal. */
        final double[] h = new double[3];
        /** The elastic tensor in the eigenbasis, 6x6. */
        final double[] c = new double[36];
        /** T as 3x3. */
        final double[] t = new double[9];
        /** f[a, b] of ln U. */
        final double[] log = new double[9];
        /** Turns six Voigt components of a stress in the eigenbasis to the reference axes. */
        final double[] back = new double[36];
    }

    /** S in the eigenbasis, as 3x3. */
    abstract void secondPiola(Frame frame, double[] s);

    /** dS/dE in the eigenbasis, 6x6. */
    abstract void moduli(Frame frame, double[] d);

    final Frame frame(double[] cauchyGreen) {
        Frame frame = new Frame();
        Tensors.eigen(cauchyGreen, frame.lambda, frame.q);
        stressRotation(frame.q, frame.back);
        toEigenbasis(frame.back, stiffness, frame.c);
        for (int a = 0; a < 3; a++) {
            frame.h[a] = SpectralFunction.LOG_STRETCH.value(frame.lambda[a]);
            for (int b = 0; b < 3; b++) {
                frame.log[3 * a + b] = SpectralFunction.LOG_STRETCH.first(frame.lambda[a], frame.lambda[b]);
            }
        }
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                int row = 6 * VOIGT[a][b];
                frame.t[3 * a + b] = frame.c[row] * frame.h[0] + frame.c[row + 1] * frame.h[1]
                        + frame.c[row + 2] * frame.h[2];
            }
        }
        return frame;
    }

    @Override
    final void secondPiola(double[] cauchyGreen, double[] s) {
        secondPiola(frame(cauchyGreen), s, new double[9]);
    }

    private void secondPiola(Frame frame, double[] s, double[] inFrame) {
        secondPiola(frame, inFrame);
        double[] voigt = {inFrame[0], inFrame[4], inFrame[8], inFrame[5], inFrame[2], inFrame[1]};
        Tensors.times(frame.back, voigt, s);
    }

    @Override
    final void moduli(double[] cauchyGreen, double[] s, double[] d) {
        Frame frame = frame(cauchyGreen);
        secondPiola(frame, s, new double[9]);
        double[] inFrame = new double[36];
        moduli(frame, inFrame);
        congruence(frame.back, inFrame, d);
    }

    /** M with S(reference) = M S(eigenbasis), from x = Q y; Bond's matrix of stresses. */
    private static void stressRotation(double[] q, double[] m) {
        for (int i = 0; i < 3; i++) {
            for (int j = i; j < 3; j++) {
                int row = 6 * VOIGT[i][j];
                for (int k = 0; k < 3; k++) {
                    for (int l = k; l < 3; l++) {
                        double value = q[3 * i + k] * q[3 * j + l];
                        m[row + VOIGT[k][l]] = k == l ? value : value + q[3 * i + l] * q[3 * j + k];
                    }
                }
            }
        }
    }

    /** out = M in M'. */
    private static void congruence(double[] m, double[] in, double[] out) {
        double[] half = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int k = 0; k < 6; k++) {
                double v = m[6 * i + k];
                if (v != 0) {
                    for (int j = 0; j < 6; j++) {
                        half[6 * i + j] += v * in[6 * k + j];
                    }
                }
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double sum = 0;
                for (int k = 0; k < 6; k++) {
                    sum += half[6 * i + k] * m[6 * j + k];
                }
                out[6 * i + j] = sum;
            }
        }
    }

    /**
     * The inverse of the rotation: Bond's matrix of Q', which is that of Q transposed with the shears' factors moved.
     */
    private static void toEigenbasis(double[] back, double[] in, double[] out) {
        double[] inverse = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double factor = (i < 3 ? 1 : 0.5) * (j < 3 ? 1 : 2);
                inverse[6 * i + j] = back[6 * j + i] * factor;
            }
        }
        congruence(inverse, in, out);
    }
}
