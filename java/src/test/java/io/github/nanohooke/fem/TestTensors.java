// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem;

import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Random;

/** Elastic tensors of the tests [GPa]. */
public final class TestTensors {
    private TestTensors() {
    }

    /** The crystal with sixteen pores of the paper's Fig. 4, by molecular statics. */
    public static ElasticTensor sixteenPores() {
        double[][] c = new double[6][6];
        c[0] = new double[] {102.05, 54.14, 56.12, 0, 0, 0};
        c[1] = new double[] {54.14, 102.05, 56.12, 0, 0, 0};
        c[2] = new double[] {56.12, 56.12, 107.48, 0, 0, 0};
        c[3][3] = 31.21;
        c[4][4] = 31.21;
        c[5][5] = 28.24;
        return ElasticTensor.of(c);
    }

    /** Any positive definite tensor without symmetry. */
    public static ElasticTensor triclinic(long seed) {
        Random random = new Random(seed);
        double[][] b = new double[6][6];
        double[][] c = new double[6][6];
        for (double[] row : b) {
            for (int j = 0; j < 6; j++) {
                row[j] = random.nextGaussian() * 3;
            }
        }
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    c[i][j] += b[i][k] * b[j][k];
                }
                c[i][j] += i == j ? i < 3 ? 80 : 30 : i < 3 && j < 3 ? 40 : 0;
            }
        }
        return ElasticTensor.of(c);
    }

    /** Of Young's modulus and Poisson's ratio. */
    public static ElasticTensor isotropic(double e, double nu) {
        double shear = e / (2 * (1 + nu));
        double lame = e * nu / ((1 + nu) * (1 - 2 * nu));
        return ElasticTensor.cubic(lame + 2 * shear, lame, shear);
    }
}
