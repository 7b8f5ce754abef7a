// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * A 6x6 elastic tensor [GPa] in Voigt order 11, 22, 33, 23, 13, 12 with engineering shear strains.
 */
public final class ElasticTensor {
    private final double[][] c;

    private ElasticTensor(double[][] c) {
        this.c = c;
    }

    /** @param c 6x6 values [GPa] */
    public static ElasticTensor of(double[][] c) {
        double[][] copy = new double[6][];
        for (int i = 0; i < 6; i++) {
            copy[i] = c[i].clone();
        }
        return new ElasticTensor(copy);
    }

    /** C_ij [GPa], i and j counted from 0 in Voigt order. */
    public double get(int i, int j) {
        return c[i][j];
    }
}
