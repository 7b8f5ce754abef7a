// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes and cubes of a table while it is built; places count the finest spacing. */
final class Grid {

    /** A cube; its place is that of its lowest corner. */
    static final class Cube {
        final int[] at;
        final int size;
        final Node[] corners = new Node[8];
        /** Null for a cube that is not halved. */
        Cube[] children;
        /** Relaxed to judge it; null where none was. */
        Node centre;
        /** Of stress at the centre [GPa]. */
        double stressError;
        /** Whether energy or stress at the centre is off by more than the tolerance. */
        boolean coarse;
        /** Whether these, or moduli, are off by enough to halve it. */
        boolean uneven;

        Cube(int[] at, int size) {
            this.at = at;
            this.size = size;
        }

        int stableCorners() {
            int count = 0;
            for (Node corner : corners) {
                count += corner.stable ? 1 : 0;
            }
            return count;
        }

        /** Whether the table answers in it. */
        boolean answers() {
            return stableCorners() > 0;
        }

        /** Whether stability ends in it. */
        boolean isAtTheEnd() {
            return stableCorners() < 8 || centre != null && !centre.stable;
        }

        /** Whether it is at the end of stability, or as fine as cells are and wrong all the same. */
        boolean isDoubtful() {
            return isAtTheEnd() || coarse;
        }

        boolean hasCorner(int[] place) {
            for (int q = 0; q < 3; q++) {
                if (place[q] != at[q] && place[q] != at[q] + size) {
                    return false;
                }
            }
            return true;
        }
    }

    private final TableOptions options;
    private final int across;
    private final Map<Integer, Node> nodes = new HashMap<>();
    private final List<Cube> cubes = new ArrayList<>();

    Grid(TableOptions options) {
        this.options = options;
        across = TableOptions.CELLS * coarsest();
        for (int c = 0; c < TableOptions.CELLS * TableOptions.CELLS * TableOptions.CELLS; c++) {
            int n = TableOptions.CELLS;
            cubes.add(new Cube(new int[] {c / (n * n) * coarsest(), c / n % n * coarsest(), c % n * coarsest()},
                    coarsest()));
        }
    }

    /** Size of the coarsest cubes. */
    int coarsest() {
        return 1 << options.depth();
    }

    /** The coarsest cubes, x slowest. */
    List<Cube> cubes() {
        return cubes;
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    int index(int[] at) {
        return ((across + 1) * at[0] + at[1]) * (across + 1) + at[2];
    }

    double strain(double place) {
        return options.range() * (2 * place / across - 1);
    }

    double length(Cube cube) {
        return 2 * options.range() * cube.size / across;
    }

    /** The node of a place, made where there is none. */
    Node node(int[] at) {
        return nodes.computeIfAbsent(index(at), key -> new Node(at.clone(),
                new double[] {strain(at[0]), strain(at[1]), strain(at[2])}));
    }

    boolean has(int[] at) {
        return nodes.containsKey(index(at));
    }

    void add(Node node) {
        nodes.put(index(node.at), node);
    }

    /** A stable node some steps along an axis, or null. */
    Node stable(int[] at, int axis, int steps) {
        int[] there = at.clone();
        there[axis] += steps;
        if (there[axis] < 0 || there[axis] > across) {
            return null;
        }
        Node node = nodes.get(index(there));
        return node != null && node.stable ? node : null;
    }

    /** The smallest cube that holds a finest one, or null outside. */
    Cube cubeOf(int x, int y, int z) {
        if (x < 0 || y < 0 || z < 0 || x >= across || y >= across || z >= across) {
            return null;
        }
        int n = TableOptions.CELLS;
        int size = coarsest();
        Cube cube = cubes.get((x / size * n + y / size) * n + z / size);
        while (cube.children != null) {
            int half = cube.size / 2;
            int child = (x - cube.at[0] >= half ? 4 : 0) + (y - cube.at[1] >= half ? 2 : 0)
                    + (z - cube.at[2] >= half ? 1 : 0);
            cube = cube.children[child];
        }
        return cube;
    }

    /** The smallest cubes that touch a node. */
    List<Cube> around(Node node) {
        List<Cube> found = new ArrayList<>();
        for (int q = 0; q < 8; q++) {
            Cube cube = cubeOf(node.at[0] - (q >> 2), node.at[1] - (q >> 1 & 1), node.at[2] - (q & 1));
            if (cube != null && !found.contains(cube)) {
                found.add(cube);
            }
        }
        return found;
    }

    /** All cubes that are not halved, in the order of the tree. */
    List<Cube> leaves() {
        List<Cube> found = new ArrayList<>();
        cubes.forEach(cube -> collect(cube, found));
        return found;
    }

    private static void collect(Cube cube, List<Cube> found) {
        if (cube.children == null) {
            found.add(cube);
            return;
        }
        for (Cube child : cube.children) {
            collect(child, found);
        }
    }
}
