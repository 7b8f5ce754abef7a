// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import java.util.Arrays;

/**
 * Hermite's interpolation of degree five along each of three axes: value, slope and curvature at both ends, and all
 * their products, 27 numbers at each of a cell's eight corners. Cells that share those of a face join with two
 * continuous derivatives.
 *
 * <p>Numbers are derivatives: that of orders a, b, c along the axes at 9 a + 3 b + c. Corner 4 x + 2 y + z has x, y, z
 * 0 or 1.
 */
final class Quintic {
    /** Numbers at a corner. */
    static final int DATA = 27;

    private Quintic() {
    }

    /** Weights of both ends' data for the value and two derivatives at t in 0..1 of a length h. */
    private static void weights(double t, double h, double[] w) {
        double u = 1 - t;
        end(t, h, w, 0, 1);
        end(u, h, w, 3, -1);
    }

    /** Of the end that t is the distance from; seen from the other one odd derivatives change sign. */
    private static void end(double t, double h, double[] w, int at, int sign) {
        double t2 = t * t;
        double t3 = t2 * t;
        w[at] = 1 + t3 * (-10 + t * (15 - 6 * t));
        w[at + 1] = sign * h * (t + t3 * (-6 + t * (8 - 3 * t)));
        w[at + 2] = h * h * (0.5 * t2 + t3 * (-1.5 + t * (1.5 - 0.5 * t)));
        w[at + 6] = sign * t2 * (-30 + t * (60 - 30 * t)) / h;
        w[at + 7] = 1 + t2 * (-18 + t * (32 - 15 * t));
        w[at + 8] = sign * h * (t + t2 * (-4.5 + t * (6 - 2.5 * t)));
        w[at + 12] = t * (-60 + t * (180 - 120 * t)) / (h * h);
        w[at + 13] = sign * t * (-36 + t * (96 - 60 * t)) / h;
        w[at + 14] = 1 + t * (-9 + t * (18 - 10 * t));
    }

    /**
     * All 27 derivatives at a point of a cell.
     *
     * @param data    of all nodes, 27 each
     * @param corners the cell's eight nodes
     * @param at      first of them in {@code corners}
     * @param t       place in the cell, 0 to 1 along each axis
     * @param h       length of the cell
     */
    static void evaluate(double[] data, int[] corners, int at, double[] t, double h, double[] out) {
        double[] x = new double[18];
        double[] y = new double[18];
        double[] z = new double[18];
        weights(t[0], h, x);
        weights(t[1], h, y);
        weights(t[2], h, z);
        double[] alongX = new double[3];
        double[] alongY = new double[9];
        Arrays.fill(out, 0, DATA, 0);
        for (int ez = 0; ez < 2; ez++) {
            for (int c = 0; c < 3; c++) {
                Arrays.fill(alongY, 0);
                for (int ey = 0; ey < 2; ey++) {
                    int low = DATA * corners[at + 2 * ey + ez] + c;
                    int high = DATA * corners[at + 4 + 2 * ey + ez] + c;
                    for (int b = 0; b < 3; b++) {
                        for (int r = 0; r < 3; r++) {
                            alongX[r] = x[6 * r] * data[low + 3 * b] + x[6 * r + 1] * data[low + 9 + 3 * b]
                                    + x[6 * r + 2] * data[low + 18 + 3 * b] + x[6 * r + 3] * data[high + 3 * b]
                                    + x[6 * r + 4] * data[high + 9 + 3 * b] + x[6 * r + 5] * data[high + 18 + 3 * b];
                        }
                        for (int s = 0; s < 3; s++) {
                            double weight = y[6 * s + 3 * ey + b];
                            alongY[s] += weight * alongX[0];
                            alongY[3 + s] += weight * alongX[1];
                            alongY[6 + s] += weight * alongX[2];
                        }
                    }
                }
                for (int q = 0; q < 9; q++) {
                    out[3 * q] += z[3 * ez + c] * alongY[q];
                    out[3 * q + 1] += z[6 + 3 * ez + c] * alongY[q];
                    out[3 * q + 2] += z[12 + 3 * ez + c] * alongY[q];
                }
            }
        }
    }
}
