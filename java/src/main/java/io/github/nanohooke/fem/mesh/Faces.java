// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Edges and faces of elements. */
final class Faces {
    /** Corners around a brick's faces, seen from outside; then the edge midpoints between them. */
    private static final int[][] BRICK = {{0, 3, 2, 1, 11, 10, 9, 8}, {4, 5, 6, 7, 12, 13, 14, 15},
        {0, 1, 5, 4, 8, 17, 12, 16}, {1, 2, 6, 5, 9, 18, 13, 17}, {2, 3, 7, 6, 10, 19, 14, 18},
        {3, 0, 4, 7, 11, 16, 15, 19}};

    private Faces() {
    }

    static int[][] of(int nodes, int dimension) {
        List<int[]> faces = new ArrayList<>();
        if (dimension == 2) {
            boolean quadratic = nodes > 4;
            for (int side = 0; side < 4; side++) {
                int next = (side + 1) % 4;
                faces.add(quadratic ? new int[] {side, next, 4 + side} : new int[] {side, next});
            }
        } else {
            for (int[] face : BRICK) {
                faces.add(nodes > 8 ? face.clone() : Arrays.copyOf(face, 4));
            }
        }
        return faces.toArray(int[][]::new);
    }
}
