// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

/** Natural coordinates of all nodes that an element may have, in its order. */
final class NaturalNodes {
    static final int[][] SQUARE = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {0, -1}, {1, 0}, {0, 1}, {-1, 0},
        {0, 0}};
    static final int[][] CUBE = {{-1, -1, -1}, {1, -1, -1}, {1, 1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1},
        {1, 1, 1}, {-1, 1, 1}, {0, -1, -1}, {1, 0, -1}, {0, 1, -1}, {-1, 0, -1}, {0, -1, 1}, {1, 0, 1}, {0, 1, 1},
        {-1, 0, 1}, {-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}};

    private NaturalNodes() {
    }
}
