// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import java.util.Arrays;

/**
 * An order of elimination with little fill for a graph whose vertices have places: the vertices are halved across their
 * longest extent, those of one half that touch the other are eliminated last, and so on in each half (George, SIAM J.
 * Numer. Anal. 10, 345, 1973). Edges through periodic faces need no care: they are edges of the graph as any others.
 */
final class NestedDissection {
    /** Parts of at most so many vertices are not halved. */
    private static final int LEAF = 24;

    private final int[][] neighbours;
    private final double[] positions;
    /** Marks the upper half of the part that is being halved. */
    private final boolean[] upper;
    private final int[] order;
    private int ordered;

    private NestedDissection(int[][] neighbours, double[] positions) {
        this.neighbours = neighbours;
        this.positions = positions;
        upper = new boolean[neighbours.length];
        order = new int[neighbours.length];
    }

    /**
     * @param neighbours for each vertex those that it touches
     * @param positions  x, y, z of each vertex in turn
     * @return the vertices in the order of elimination
     */
    static int[] order(int[][] neighbours, double[] positions) {
        NestedDissection dissection = new NestedDissection(neighbours, positions);
        Integer[] all = new Integer[neighbours.length];
        Arrays.setAll(all, i -> i);
        dissection.dissect(all);
        return dissection.order;
    }

    private void dissect(Integer[] part) {
        if (part.length <= LEAF) {
            append(part);
            return;
        }
        int axis = longestAxis(part);
        Integer[] sorted = part.clone();
        Arrays.sort(sorted, (a, b) -> Double.compare(positions[3 * a + axis], positions[3 * b + axis]));
        int middle = sorted.length / 2;
        Integer[] low = Arrays.copyOfRange(sorted, 0, middle);
        Integer[] high = Arrays.copyOfRange(sorted, middle, sorted.length);
        for (int v : high) {
            upper[v] = true;
        }
        Integer[] border = Arrays.stream(low).filter(v -> touchesUpper(v)).toArray(Integer[]::new);
        Integer[] inner = Arrays.stream(low).filter(v -> !touchesUpper(v)).toArray(Integer[]::new);
        for (int v : high) {
            upper[v] = false;
        }
        if (inner.length == 0) {
            append(high);
        } else {
            dissect(inner);
            dissect(high);
        }
        append(border);
    }

    private boolean touchesUpper(int vertex) {
        for (int n : neighbours[vertex]) {
            if (upper[n]) {
                return true;
            }
        }
        return false;
    }

    private int longestAxis(Integer[] part) {
        int best = 0;
        double widest = -1;
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int v : part) {
                low = Math.min(low, positions[3 * v + axis]);
                high = Math.max(high, positions[3 * v + axis]);
            }
            if (high - low > widest) {
                widest = high - low;
                best = axis;
            }
        }
        return best;
    }

    private void append(Integer[] part) {
        for (int v : part) {
            order[ordered++] = v;
        }
    }
}
