// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/** Vectors and matrices of three dimensions. */
public final class Vectors {
    private Vectors() {
    }

    static double dot(double[] p, double[] q) {
        return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    }

    /** Euclidean length. */
    public static double length(double[] p) {
        return Math.sqrt(dot(p, p));
    }

    static double[] scaled(double[] p, double factor) {
        return new double[] {p[0] * factor, p[1] * factor, p[2] * factor};
    }

    /** The vector product p x q. */
    public static double[] cross(double[] p, double[] q) {
        return new double[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }

    /** m p. */
    static double[] product(double[][] m, double[] p) {
        return new double[] {dot(m[0], p), dot(m[1], p), dot(m[2], p)};
    }

    static double[][] transposed(double[][] m) {
        return new double[][] {
            {m[0][0], m[1][0], m[2][0]}, {m[0][1], m[1][1], m[2][1]}, {m[0][2], m[1][2], m[2][2]}};
    }
}
