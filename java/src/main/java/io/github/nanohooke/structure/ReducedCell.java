// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * The same lattice by shorter vectors: no vector can be shortened by whole multiples of another one. Neighbour lists
 * and LAMMPS' boxes suffer from cells that lie very askew; a lattice never has to be told by such vectors.
 */
final class ReducedCell {
    /** Share by which a vector's square must shrink, so that vectors of equal length never change for ever. */
    private static final double WORTH = 1e-6;

    private final double[][] rows;
    /** The given cell's vectors as whole multiples of the reduced ones. */
    private final int[][] given = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    private boolean changed;

    /**
     * @param right   right-handed vectors, copied
     * @param shorten whether to look for shorter ones at all
     */
    ReducedCell(double[][] right, boolean shorten) {
        rows = new double[][] {right[0].clone(), right[1].clone(), right[2].clone()};
        boolean again = shorten;
        while (again) {
            again = false;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    again |= i != j && shorten(i, j);
                }
            }
        }
    }

    private boolean shorten(int i, int j) {
        double along = Vectors.dot(rows[i], rows[j]);
        double square = Vectors.dot(rows[j], rows[j]);
        double count = Math.rint(along / square);
        // |r - k s|^2 = |r|^2 - k (2 r.s - k |s|^2)
        if (count == 0 || count * (2 * along - count * square) <= WORTH * Vectors.dot(rows[i], rows[i])) {
            return false;
        }
        for (int d = 0; d < 3; d++) {
            rows[i][d] -= count * rows[j][d];
        }
        // The old r is the new one and k times s.
        for (int[] multiples : given) {
            multiples[j] += (int) count * multiples[i];
        }
        changed = true;
        return true;
    }

    double[][] rows() {
        return rows;
    }

    /** Whether any vector was shortened. */
    boolean isChanged() {
        return changed;
    }

    /** The given cell's vectors made of these, which stand for the reduced ones after a deformation. */
    Cell given(Cell reduced) {
        double[][] result = new double[3][3];
        for (int v = 0; v < 3; v++) {
            for (int d = 0; d < 3; d++) {
                for (int r = 0; r < 3; r++) {
                    result[v][d] += given[v][r] * reduced.get(r, d);
                }
            }
        }
        return Cell.of(result);
    }
}
