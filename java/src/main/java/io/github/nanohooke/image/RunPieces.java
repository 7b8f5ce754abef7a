// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.image.Percolation.Winding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins the runs of solid pixels in the rows of a periodic image to pieces. Every run knows another one of its piece
 * and how many copies of the cell it lies beyond it, up to the piece's root; where two runs of one piece meet and the
 * copies disagree, the piece has gone around the cell (Newman and Ziff, Phys. Rev. E 64, 016706, 2001, section II D).
 */
final class RunPieces {
    private final int width;
    private final List<Winding> found = new ArrayList<>();
    /** Of each run of all rows: its first and its last column. */
    private int[] first = new int[1 << 10];
    private int[] last = new int[first.length];
    /** A run of the same piece, itself for a root. */
    private int[] parent = new int[first.length];
    /** Copies of the cell from the parent to the run; 0 for a root. */
    private int[] across = new int[first.length];
    private int[] up = new int[first.length];
    /** Pixels of a root's piece. */
    private int[] size = new int[first.length];
    private int runs;

    RunPieces(Morphology solid) {
        width = solid.width();
        int[] ends = new int[width + 2];
        int above = 0;
        int endOfFirstRow = 0;
        for (int row = 0; row < solid.height(); row++) {
            int from = runs;
            add(ends, solid.runs(row, ends));
            if (row == 0) {
                endOfFirstRow = runs;
            }
            joinAcrossEdge(from, runs, from, runs, 0);
            if (row > 0) {
                joinRows(above, from, from, runs, 0);
            }
            above = from;
        }
        // Below the last row lies the first one of the copy beneath.
        joinRows(above, runs, 0, endOfFirstRow, -1);
    }

    /** As {@link Percolation#windings()}. */
    List<Winding> windings() {
        return found;
    }

    /** Pixels of the smallest piece; the largest number where there is none. */
    int smallest() {
        int smallest = Integer.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            if (parent[run] == run) {
                smallest = Math.min(smallest, size[run]);
            }
        }
        return smallest;
    }

    private void add(int[] ends, int count) {
        if (runs + count > first.length) {
            int room = 2 * (runs + count);
            first = Arrays.copyOf(first, room);
            last = Arrays.copyOf(last, room);
            parent = Arrays.copyOf(parent, room);
            across = Arrays.copyOf(across, room);
            up = Arrays.copyOf(up, room);
            size = Arrays.copyOf(size, room);
        }
        for (int k = 0; k < count; k += 2) {
            first[runs] = ends[k];
            last[runs] = ends[k + 1] - 1;
            parent[runs] = runs;
            size[runs] = ends[k + 1] - ends[k];
            runs++;
        }
    }

    /** Joins runs of a row with those of the row below that touch them, be it by a corner. */
    private void joinRows(int upper, int upperEnd, int lower, int lowerEnd, int cellUp) {
        for (int i = upper, j = lower; i < upperEnd && j < lowerEnd;) {
            if (first[j] <= last[i] + 1 && last[j] >= first[i] - 1) {
                join(i, j, 0, cellUp);
            }
            // The next run begins two columns behind the end of this one: what has ended earlier does not touch it.
            if (last[i] < last[j]) {
                i++;
            } else {
                j++;
            }
        }
        joinAcrossEdge(upper, upperEnd, lower, lowerEnd, cellUp);
        joinAcrossEdge(lower, lowerEnd, upper, upperEnd, -cellUp);
    }

    /** Joins the last run of a row with the first one of the same or the next row, where the edge alone parts them. */
    private void joinAcrossEdge(int left, int leftEnd, int right, int rightEnd, int cellUp) {
        if (left < leftEnd && right < rightEnd && last[leftEnd - 1] == width - 1 && first[right] == 0) {
            join(leftEnd - 1, right, 1, cellUp);
        }
    }

    /** Run b, so many copies of the cell away, touches run a. */
    private void join(int a, int b, int cellAcross, int cellUp) {
        int rootA = root(a);
        int rootB = root(b);
        // From the root of a to that of b.
        int x = across[a] + cellAcross - across[b];
        int y = up[a] + cellUp - up[b];
        if (rootA == rootB) {
            add(x, y);
        } else if (size[rootA] >= size[rootB]) {
            hang(rootB, rootA, x, y);
        } else {
            hang(rootA, rootB, -x, -y);
        }
    }

    private void hang(int root, int under, int x, int y) {
        parent[root] = under;
        across[root] = x;
        up[root] = y;
        size[under] += size[root];
    }

    /** The root of a run, which is its parent from now on. */
    private int root(int run) {
        int next = parent[run];
        while (parent[next] != next) {
            across[run] += across[next];
            up[run] += up[next];
            next = parent[next];
            parent[run] = next;
        }
        return next;
    }

    private void add(int x, int y) {
        if (x == 0 && y == 0 || found.size() == 2) {
            return;
        }
        Winding winding = Winding.along(x, y);
        if (found.isEmpty() || winding.isIndependentOf(found.get(0))) {
            found.add(winding);
        }
    }
}
