// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

/**
 * What is left of an elastic tensor where the solid is cut.
 *
 * <p>Where no piece of the solid crosses from one cell to the next along n, a surface through the void divides the
 * cells, and no force crosses it. Stress is free of divergence, so that its mean traction is the same on every surface
 * of that kind: mean sigma n = 0, whatever the strain. With n = x these are the stresses 11, 12 and 13; their rows and,
 * by symmetry, columns of the tensor are zero exactly.
 *
 * <p>A tensor that does not know of the cut (a network's) is condensed: of all strains of the cut directions the one is
 * taken for which their stresses vanish, C' = C_aa - C_ab C_bb^-1 C_ba, b the cut rows. A positive definite tensor
 * stays so in the directions that are left. Not for measured tensors, whose cut rows are zero but for noise.
 */
public final class TractionFree {
    /** Rows that hold one index x, of a tensor whose x axis is the cut direction: 11, 13, 12. */
    private static final int[] ALONG_X = {0, 4, 5};
    private static final int[] ALONG_Y = {1, 3, 5};
    /** What is left of a rod along z is 33 alone. */
    private static final int[] ALONG_X_AND_Y = {0, 1, 3, 4, 5};

    private TractionFree() {
    }

    /** The tensor of a solid that is cut in both directions of the plane, a rod along z: 1/S33 at 33, else zero. */
    public static ElasticTensor rod(ElasticTensor tensor) {
        return condensed(tensor, ALONG_X_AND_Y);
    }

    /**
     * The tensor of a solid that is cut along one direction of the plane. Along x or y zeros are exact, along others to
     * rounding.
     *
     * @param nx component of the direction along x, of any length
     * @param ny along y
     * @throws IllegalArgumentException when both are zero
     */
    public static ElasticTensor cutAlong(double nx, double ny, ElasticTensor tensor) {
        if (nx == 0 && ny == 0) {
            throw new IllegalArgumentException("a direction needs a component along x or y");
        }
        if (ny == 0) {
            return condensed(tensor, ALONG_X);
        }
        if (nx == 0) {
            return condensed(tensor, ALONG_Y);
        }
        double length = Math.hypot(nx, ny);
        double c = nx / length;
        double s = ny / length;
        double[][] back = {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
        double[][] there = {{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
        return condensed(tensor.rotated(there), ALONG_X).rotated(back).symmetric();
    }

    /** Eliminates one row after the other, which is the condensation of all of them. */
    private static ElasticTensor condensed(ElasticTensor tensor, int[] rows) {
        double[][] c = tensor.symmetric().toArray();
        for (int k : rows) {
            // A pivot that is not positive is no stiffness: such a row is dropped as it is.
            if (c[k][k] > 0) {
                eliminate(c, k);
            }
            for (int i = 0; i < c.length; i++) {
                c[i][k] = 0;
                c[k][i] = 0;
            }
        }
        return ElasticTensor.of(c);
    }

    private static void eliminate(double[][] c, int k) {
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < c.length; j++) {
                if (i != k && j != k) {
                    c[i][j] -= c[i][k] * c[k][j] / c[k][k];
                }
            }
        }
    }
}
