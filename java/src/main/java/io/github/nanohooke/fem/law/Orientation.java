// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import io.github.nanohooke.tensor.ElasticTensor;

/** How the crystal of a region lies in the part: three angles, about the part's z, then x', then z'' (Bunge 1965). */
public final class Orientation {
    private Orientation() {
    }

    /**
     * The tensor along the part's axes of a crystal whose axes were turned.
     *
     * @param tensor along the crystal's axes
     * @param phi1   about z [degrees]
     * @param theta  about the new x [degrees]
     * @param phi2   about the new z [degrees]
     */
    public static ElasticTensor turned(ElasticTensor tensor, double phi1, double theta, double phi2) {
        return tensor.rotated(matrix(phi1, theta, phi2));
    }

    /** Columns: the crystal's axes in the part. */
    static double[][] matrix(double phi1, double theta, double phi2) {
        return product(product(aboutZ(phi1), aboutX(theta)), aboutZ(phi2));
    }

    private static double[][] aboutZ(double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new double[][] {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
    }

    private static double[][] aboutX(double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new double[][] {{1, 0, 0}, {0, c, -s}, {0, s, c}};
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }
}
