// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

/** The order 11, 22, 33, 23, 13, 12 of symmetric tensors, in one place. */
public final class Voigt {
    private static final int[][] PAIRS = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};

    private Voigt() {
    }

    /** The two tensor indices, 0 to 2 and rising, of each of the six; a copy. */
    public static int[][] pairs() {
        int[][] pairs = new int[6][];
        for (int i = 0; i < 6; i++) {
            pairs[i] = PAIRS[i].clone();
        }
        return pairs;
    }

    /** The place in the order of each two tensor indices, symmetric 3x3; a copy. */
    public static int[][] indices() {
        int[][] indices = new int[3][3];
        for (int i = 0; i < 6; i++) {
            indices[PAIRS[i][0]][PAIRS[i][1]] = i;
            indices[PAIRS[i][1]][PAIRS[i][0]] = i;
        }
        return indices;
    }
}
