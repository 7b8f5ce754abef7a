// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import java.util.Arrays;

/** Atoms as a file lists them. They grow as they come: a header may promise far more than there is. */
final class AtomRows {
    private int[] ids = new int[64];
    private int[] types = new int[64];
    private double[] positions = new double[3 * 64];
    private int size;

    void add(int id, int type, double[] place) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            types = Arrays.copyOf(types, 2 * size);
            positions = Arrays.copyOf(positions, 6 * size);
        }
        ids[size] = id;
        types[size] = type;
        System.arraycopy(place, 0, positions, 3 * size, 3);
        size++;
    }

    int[] ids() {
        return Arrays.copyOf(ids, size);
    }

    int[] types() {
        return Arrays.copyOf(types, size);
    }

    /** x, y, z of one atom after the other [Å]. */
    double[] positions() {
        return Arrays.copyOf(positions, 3 * size);
    }
}
