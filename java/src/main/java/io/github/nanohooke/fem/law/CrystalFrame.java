// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import java.util.Arrays;

/**
 * A crystal that lies turned in the part: X = Q X' of its own axes X'. A law that is known along the crystal's axes is
 * asked for F Q there, and its answers are brought back: P = P' Q', A_iJkL = Q_JM A'_iMkN Q_LN. (Turning the deformed
 * crystal back costs nothing, so it is left as it is.)
 */
public final class CrystalFrame {
    /** Axes of crystal and part are the same. */
    public static final CrystalFrame NONE = new CrystalFrame(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    private static final int[][] OUT_OF_PLANE = {{2, 0}, {5, 0}, {6, 0}, {7, 0}, {8, 1}};

    private final double[] q;

    private CrystalFrame(double[] q) {
        this.q = q;
    }

    /** Three angles in degrees, as {@link Orientation} has them. */
    public static CrystalFrame of(double phi1, double theta, double phi2) {
        double[] matrix = Arrays.stream(Orientation.matrix(phi1, theta, phi2)).flatMapToDouble(Arrays::stream)
                .toArray();
        return Arrays.equals(matrix, NONE.q) ? NONE : new CrystalFrame(matrix);
    }

    /** Whether the plane of the part is the crystal's. */
    public boolean isAboutZ() {
        return Arrays.stream(OUT_OF_PLANE).allMatch(entry -> q[entry[0]] == entry[1]);
    }

    /** The matrix Q, nine numbers. */
    public double[] matrix() {
        return q.clone();
    }

    /** F Q for nine numbers of {@code f} from {@code at} on. */
    public void toCrystal(double[] f, int at, double[] out, int to) {
        for (int i = 0; i < 3; i++) {
            for (int m = 0; m < 3; m++) {
                out[to + 3 * i + m] = this == NONE ? f[at + 3 * i + m]
                        : f[at + 3 * i] * q[m] + f[at + 3 * i + 1] * q[3 + m] + f[at + 3 * i + 2] * q[6 + m];
            }
        }
    }

    /** Brings a stress back, in place. */
    public void stressToPart(double[] p, int at) {
        if (this == NONE) {
            return;
        }
        double[] own = Arrays.copyOfRange(p, at, at + 9);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                p[at + 3 * i + j] = q[3 * j] * own[3 * i] + q[3 * j + 1] * own[3 * i + 1]
                        + q[3 * j + 2] * own[3 * i + 2];
            }
        }
    }

    /** Brings a tangent back, in place. What is not known (NaN) stays with the components that would need it. */
    public void tangentToPart(double[] a, int at) {
        if (this == NONE) {
            return;
        }
        double[] half = new double[81];
        for (int row = 0; row < 9; row++) {
            for (int k = 0; k < 3; k++) {
                for (int l = 0; l < 3; l++) {
                    for (int n = 0; n < 3; n++) {
                        if (q[3 * l + n] != 0) {
                            half[9 * row + 3 * k + l] += q[3 * l + n] * a[at + 9 * row + 3 * k + n];
                        }
                    }
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int column = 0; column < 9; column++) {
                    double sum = 0;
                    for (int m = 0; m < 3; m++) {
                        if (q[3 * j + m] != 0) {
                            sum += q[3 * j + m] * half[9 * (3 * i + m) + column];
                        }
                    }
                    a[at + 9 * (3 * i + j) + column] = sum;
                }
            }
        }
    }
}
