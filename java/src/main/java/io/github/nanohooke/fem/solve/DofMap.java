// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.mesh.Mesh;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which unknown a node's displacement along an axis is. Unknowns come in blocks of {@code dimension}: those of a node
 * together, a tie's (one for all its nodes) in a block of its own. Places of a block that nothing takes are filled with
 * a diagonal entry.
 */
final class DofMap {
    /** A displacement that is given. */
    static final int FIXED = -1;

    private final int dimension;
    private final int[] unknown;
    private final int blocks;
    private final double[] coordinates;
    private final int[] fillers;

    /**
     * @param fixed one a displacement (node * dimension + axis)
     * @param ties  displacements that are one unknown, none of them fixed
     */
    DofMap(Mesh mesh, boolean[] fixed, List<int[]> ties) {
        dimension = mesh.dimension();
        unknown = new int[mesh.nodes() * dimension];
        Arrays.fill(unknown, Integer.MIN_VALUE);
        int block = 0;
        int[] owner = new int[mesh.nodes() + ties.size()];
        for (int[] tie : ties) {
            for (int dof : tie) {
                unknown[dof] = block * dimension;
            }
            owner[block++] = tie[0] / dimension;
        }
        for (int node = 0; node < mesh.nodes(); node++) {
            boolean any = false;
            for (int i = 0; i < dimension; i++) {
                int dof = node * dimension + i;
                if (fixed[dof]) {
                    unknown[dof] = FIXED;
                } else if (unknown[dof] == Integer.MIN_VALUE) {
                    unknown[dof] = block * dimension + i;
                    any = true;
                }
            }
            if (any) {
                owner[block++] = node;
            }
        }
        blocks = block;
        coordinates = new double[3 * blocks];
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < dimension; i++) {
                coordinates[3 * b + i] = mesh.coordinate(owner[b], i);
            }
        }
        boolean[] taken = new boolean[blocks * dimension];
        for (int u : unknown) {
            if (u >= 0) {
                taken[u] = true;
            }
        }
        fillers = IntStream.range(0, taken.length).filter(u -> !taken[u]).toArray();
    }

    /** The unknown of a displacement, or {@link #FIXED}. */
    int unknown(int dof) {
        return unknown[dof];
    }

    int displacements() {
        return unknown.length;
    }

    int blocks() {
        return blocks;
    }

    /** Length of vectors of unknowns, fillers included. */
    int order() {
        return blocks * dimension;
    }

    /** Unknowns without fillers. */
    int unknowns() {
        return order() - fillers.length;
    }

    int[] fillers() {
        return fillers;
    }

    double[] coordinates() {
        return coordinates;
    }

    /** Sums a vector over displacements into one over unknowns. */
    double[] reduce(double[] values) {
        double[] reduced = new double[order()];
        for (int dof = 0; dof < unknown.length; dof++) {
            if (unknown[dof] >= 0) {
                reduced[unknown[dof]] += values[dof];
            }
        }
        return reduced;
    }

    /** Adds {@code factor} times unknowns to displacements. */
    void addTo(double[] displacements, double factor, double[] unknowns) {
        for (int dof = 0; dof < unknown.length; dof++) {
            if (unknown[dof] >= 0) {
                displacements[dof] += factor * unknowns[unknown[dof]];
            }
        }
    }
}
