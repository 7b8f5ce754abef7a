// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/** The turn that is hidden in a deformation. */
public final class Rotations {
    private static final int MAX_STEPS = 100;

    private Rotations() {
    }

    /**
     * R of the polar decomposition F = R U with U symmetric and positive definite: of all turns the one nearest to F.
     * A mirror stays in R where det F is negative. Blocks of zeros stay exactly zero, and R of a diagonal F is exactly
     * a unit matrix with signs.
     *
     * <p>Newton's iteration on R, R := (R + R^-T) / 2 (Higham, SIAM J. Sci. Stat. Comput. 7, 1160, 1986), which
     * converges quadratically from any regular F.
     *
     * @param f 3x3, regular
     * @return 3x3, orthogonal to rounding
     * @throws ArithmeticException when F is singular or not finite
     */
    public static double[][] ofDeformation(double[][] f) {
        double[][] r = {f[0].clone(), f[1].clone(), f[2].clone()};
        for (int step = 0; step < MAX_STEPS; step++) {
            double[][] inverse = inverseTransposed(r);
            double change = 0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double next = 0.5 * (r[i][j] + inverse[i][j]);
                    change = Math.max(change, Math.abs(next - r[i][j]));
                    r[i][j] = next;
                }
            }
            if (change < 4 * Math.ulp(1.0)) {
                return r;
            }
        }
        throw new ArithmeticException("the deformation " + java.util.Arrays.deepToString(f)
                + " has no polar decomposition: it flattens space");
    }

    /** The turn back: the transposed matrix. */
    public static double[][] inverse(double[][] r) {
        return Vectors.transposed(r);
    }

    /** The angle of a turn [degrees], from 0 to 180; of a mirror, that of the turn which is left without it. */
    public static double angle(double[][] r) {
        double sign = Vectors.dot(r[2], Vectors.cross(r[0], r[1])) < 0 ? -1 : 1;
        double x = sign * (r[2][1] - r[1][2]);
        double y = sign * (r[0][2] - r[2][0]);
        double z = sign * (r[1][0] - r[0][1]);
        double trace = sign * (r[0][0] + r[1][1] + r[2][2]);
        return Math.toDegrees(Math.atan2(Math.sqrt(x * x + y * y + z * z), trace - 1));
    }

    private static double[][] inverseTransposed(double[][] m) {
        // The cofactors over the determinant; products with zeros keep blocks apart.
        double[][] cofactors = {
            Vectors.cross(m[1], m[2]), Vectors.cross(m[2], m[0]), Vectors.cross(m[0], m[1])};
        double determinant = Vectors.dot(m[0], cofactors[0]);
        for (double[] row : cofactors) {
            for (int j = 0; j < 3; j++) {
                row[j] = 0.0 + row[j] / determinant;
            }
        }
        return cofactors;
    }
}
