// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.util.Locale;

/** dX/dxi of an element's map from natural coordinates. */
public final class Jacobian {
    private Jacobian() {
    }

    /**
     * dX_i/dxi_j, row by row.
     *
     * @param x  coordinates of the nodes
     * @param dN derivatives of the shape functions, see {@link ElementType#derivatives}
     */
    public static double[] of(ElementType type, double[] x, double[] dN) {
        int n = type.dimension();
        double[] j = new double[n * n];
        for (int a = 0; a < type.nodes(); a++) {
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    j[n * i + k] += x[a * n + i] * dN[a * n + k];
                }
            }
        }
        return j;
    }

    public static double determinant(int n, double[] j) {
        return n == 2 ? j[0] * j[3] - j[1] * j[2]
                : j[0] * (j[4] * j[8] - j[5] * j[7]) - j[1] * (j[3] * j[8] - j[5] * j[6])
                        + j[2] * (j[3] * j[7] - j[4] * j[6]);
    }

    /**
     * Derivatives of the shape functions along X.
     *
     * @param dN      derivatives along xi
     * @param dNdX    receives them, {@code dimension} a node
     * @return det dX/dxi
     */
    public static double gradients(ElementType type, double[] x, double[] dN, double[] dNdX) {
        int n = type.dimension();
        double[] j = of(type, x, dN);
        double determinant = determinant(n, j);
        double[] inverse = inverse(n, j, determinant);
        for (int a = 0; a < type.nodes(); a++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += dN[a * n + k] * inverse[n * k + i];
                }
                dNdX[a * n + i] = sum;
            }
        }
        return determinant;
    }

    private static double[] inverse(int n, double[] j, double d) {
        if (n == 2) {
            return new double[] {j[3] / d, -j[1] / d, -j[2] / d, j[0] / d};
        }
        double[] inverse = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                int r1 = (r + 1) % 3;
                int r2 = (r + 2) % 3;
                int c1 = (c + 1) % 3;
                int c2 = (c + 2) % 3;
                inverse[3 * c + r] = (j[3 * r1 + c1] * j[3 * r2 + c2] - j[3 * r1 + c2] * j[3 * r2 + c1]) / d;
            }
        }
        return inverse;
    }

    /** The middle of an element's nodes [nm], for messages. */
    public static String centre(ElementType type, double[] x) {
        int n = type.dimension();
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int a = 0; a < type.nodes(); a++) {
                sum += x[a * n + i] / type.nodes();
            }
            text.append(String.format(Locale.ROOT, i == 0 ? "%.4g" : ", %.4g", sum));
        }
        return text.append(") nm").toString();
    }
}
