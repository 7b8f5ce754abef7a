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
 * stays so in the directions that are left. One that knows of it, measured or of a network that learnt from cut solids,
 * has rows that are zero but for noise: they are dropped, because to condense would divide noise by noise.
 */
public final class TractionFree {
    /** Rows that hold one index x, of a tensor whose x axis is the cut direction: 11, 13, 12. */
    private static final int[] ALONG_X = {0, 4, 5};
    private static final int[] ALONG_Y = {1, 3, 5};
    /** What is left of a rod along z is 33 alone. */
    private static final int[] ALONG_X_AND_Y = {0, 1, 3, 4, 5};

    /** What becomes of the rows of a cut direction. */
    public enum Rows {
        /** They are set to zero: the tensor knows of the cut. */
        DROPPED,
        /** The strains of these directions are set free first: it does not. */
        CONDENSED
    }

    private TractionFree() {
    }

    /** The tensor of a solid that is cut in both directions of the plane, a rod along z: 1/S33 at 33, else zero. */
    public static ElasticTensor rod(ElasticTensor tensor) {
        return rod(tensor, Rows.CONDENSED);
    }

    /** As {@link #rod(ElasticTensor)}; where rows are dropped, 33 is the tensor's own. */
    public static ElasticTensor rod(ElasticTensor tensor, Rows cut) {
        return free(tensor, ALONG_X_AND_Y, cut);
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
        return cutAlong(nx, ny, tensor, Rows.CONDENSED);
    }

    /** As {@link #cutAlong(double, double, ElasticTensor)}, with a choice of what becomes of the rows. */
    public static ElasticTensor cutAlong(double nx, double ny, ElasticTensor tensor, Rows cut) {
        if (nx == 0 && ny == 0) {
            throw new IllegalArgumentException("a direction needs a component along x or y");
        }
        if (ny == 0) {
            return free(tensor, ALONG_X, cut);
        }
        if (nx == 0) {
            return free(tensor, ALONG_Y, cut);
        }
        double length = Math.hypot(nx, ny);
        double c = nx / length;
        double s = ny / length;
        double[][] back = {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
        double[][] there = {{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
        return free(tensor.rotated(there), ALONG_X, cut).rotated(back).symmetric();
    }

    /** Eliminates one row after the other, which is the condensation of all of them. */
    private static ElasticTensor free(ElasticTensor tensor, int[] rows, Rows cut) {
        double[][] c = tensor.symmetric().toArray();
        for (int k : rows) {
            // A pivot that is not positive is no stiffness: such a row is dropped as it is.
            if (cut == Rows.CONDENSED && c[k][k] > 0) {
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
