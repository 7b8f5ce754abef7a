// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.mesh.Mesh;
import java.util.Arrays;

/** The lower triangle of the stiffness by blocks, and where each element's numbers go in it. */
final class StiffnessMatrix {
    private final int size;
    private final int[] first;
    private final int[] row;
    private final double[] values;
    private final DofMap map;
    private final Mesh mesh;
    /** The block of the triangle that two blocks of an element share, by their places among the element's blocks. */
    private final int[][] shared;
    /** Of each displacement of an element: place of its block among the element's blocks, -1 where it is fixed. */
    private final byte[][] place;
    private double largest;

    StiffnessMatrix(Mesh mesh, DofMap map) {
        this.mesh = mesh;
        this.map = map;
        size = mesh.dimension();
        int count = mesh.elements();
        int[][] blocks = new int[count][];
        place = new byte[count][];
        int pairs = map.blocks();
        for (int e = 0; e < count; e++) {
            blocks[e] = blocksOf(e);
            pairs += blocks[e].length * (blocks[e].length - 1) / 2;
        }
        long[] keys = new long[pairs];
        int k = 0;
        for (int b = 0; b < map.blocks(); b++) {
            keys[k++] = key(b, b);
        }
        for (int[] own : blocks) {
            for (int i = 0; i < own.length; i++) {
                for (int j = 0; j < i; j++) {
                    keys[k++] = key(own[j], own[i]);
                }
            }
        }
        Arrays.sort(keys);
        first = new int[map.blocks() + 1];
        int[] rows = new int[pairs];
        int entries = 0;
        for (int i = 0; i < pairs; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                rows[entries++] = (int) keys[i];
                first[(int) (keys[i] >>> 32) + 1] = entries;
            }
        }
        row = Arrays.copyOf(rows, entries);
        values = new double[Math.multiplyExact(entries, size * size)];
        shared = new int[count][];
        for (int e = 0; e < count; e++) {
            shared[e] = sharedOf(blocks[e]);
        }
    }

    private static long key(int column, int row) {
        return (long) column << 32 | row;
    }

    /** Rising; fills in the places of the element's displacements. */
    private int[] blocksOf(int e) {
        int[] nodes = mesh.element(e);
        int[] all = new int[nodes.length * size];
        int count = 0;
        for (int node : nodes) {
            for (int i = 0; i < size; i++) {
                int unknown = map.unknown(node * size + i);
                if (unknown >= 0) {
                    all[count++] = unknown / size;
                }
            }
        }
        int[] blocks = Arrays.stream(all, 0, count).sorted().distinct().toArray();
        place[e] = new byte[nodes.length * size];
        for (int a = 0; a < nodes.length; a++) {
            for (int i = 0; i < size; i++) {
                int unknown = map.unknown(nodes[a] * size + i);
                place[e][a * size + i] = unknown < 0 ? -1 : (byte) Arrays.binarySearch(blocks, unknown / size);
            }
        }
        return blocks;
    }

    private int[] sharedOf(int[] blocks) {
        int n = blocks.length;
        int[] entries = new int[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                entries[i * n + j] = Arrays.binarySearch(row, first[blocks[j]], first[blocks[j] + 1], blocks[i]);
            }
        }
        return entries;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Adds an element's stiffness, row by row over its displacements. */
    void add(int e, double[] stiffness) {
        int[] nodes = mesh.element(e);
        int[] entries = shared[e];
        int width = (int) Math.round(Math.sqrt(entries.length));
        byte[] places = place[e];
        int n = places.length;
        for (int r = 0; r < n; r++) {
            if (places[r] < 0) {
                continue;
            }
            int in = map.unknown(nodes[r / size] * size + r % size) % size;
            for (int c = 0; c < n; c++) {
                if (places[c] < 0 || places[c] > places[r]) {
                    continue;
                }
                int across = map.unknown(nodes[c / size] * size + c % size) % size;
                values[(entries[places[r] * width + places[c]] * size + in) * size + across] += stiffness[r * n + c];
            }
        }
    }

    /** Gives the fillers a diagonal entry. */
    void finish() {
        largest = 0;
        for (int b = 0; b < map.blocks(); b++) {
            for (int i = 0; i < size; i++) {
                largest = Math.max(largest, values[(first[b] * size + i) * size + i]);
            }
        }
        for (int unknown : map.fillers()) {
            int i = unknown % size;
            values[(first[unknown / size] * size + i) * size + i] = largest > 0 ? largest : 1;
        }
    }

    /** The largest number on the diagonal, fillers left out; of the last {@link #finish}. */
    double largest() {
        return largest;
    }

    double[] values() {
        return values;
    }

    SparseSolver analyse(SparseSolver.Factory factory) {
        return factory.analyse(size, first, row, map.coordinates());
    }
}
