// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * The column F_i3 of a thin sheet, found by Newton's method from P_i3 = 0, and the tangent without it. Fibres along z
 * may lean as well as thin, so a crystal may lie in the sheet in any way.
 */
final class PlaneStress {
    private static final int[] OUT = {2, 5, 8};
    private static final int MOST = 50;
    private static final double TOLERANCE = 1e-14;

    private PlaneStress() {
    }

    /** The whole gradient, or one of NaN where there is none. */
    static double[] relaxed(MaterialLaw law, double[] inPlane) {
        double[] f = Section.widened(inPlane);
        double[] p = new double[9];
        double[] a = new double[81];
        double[] step = new double[3];
        double before = Double.MAX_VALUE;
        for (int round = 0; round < MOST; round++) {
            law.tangent(f, p, a);
            for (int i = 0; i < 3; i++) {
                step[i] = -p[OUT[i]];
            }
            double[] block = outOfPlane(a);
            if (!solve(block, step)) {
                break;
            }
            double largest = Math.max(Math.abs(step[0]), Math.max(Math.abs(step[1]), Math.abs(step[2])));
            for (int i = 0; i < 3; i++) {
                f[OUT[i]] += step[i];
            }
            if (largest <= TOLERANCE || (largest < 1e-10 && largest >= before)) {
                return f;
            }
            before = largest;
        }
        f[8] = Double.NaN;
        return f;
    }

    /** A_ab - A_ao (A_oo)^-1 A_ob with o the out-of-plane components. */
    static void condense(double[] moduli, double[] a) {
        double[] column = new double[3];
        for (int k = 0; k < 4; k++) {
            for (int o = 0; o < 3; o++) {
                column[o] = moduli[9 * OUT[o] + Section.IN_PLANE[k]];
            }
            boolean solved = solve(outOfPlane(moduli), column);
            for (int i = 0; i < 4; i++) {
                int row = 9 * Section.IN_PLANE[i];
                double value = moduli[row + Section.IN_PLANE[k]];
                for (int o = 0; o < 3; o++) {
                    value -= moduli[row + OUT[o]] * column[o];
                }
                a[4 * i + k] = solved ? value : Double.NaN;
            }
        }
    }

    private static double[] outOfPlane(double[] a) {
        double[] block = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                block[3 * i + j] = a[9 * OUT[i] + OUT[j]];
            }
        }
        return block;
    }

    /** Cramer's rule in place; false where the matrix has no inverse. */
    private static boolean solve(double[] m, double[] b) {
        double determinant = Tensors.determinant(m);
        if (!(Math.abs(determinant) > 0)) {
            return false;
        }
        double[] x = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] replaced = m.clone();
            for (int i = 0; i < 3; i++) {
                replaced[3 * i + k] = b[i];
            }
            x[k] = Tensors.determinant(replaced) / determinant;
        }
        System.arraycopy(x, 0, b, 0, 3);
        return true;
    }
}
