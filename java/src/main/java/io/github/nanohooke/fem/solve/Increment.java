// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.mesh.Mesh;

/**
 * A state of equilibrium.
 *
 * @param step             number of the step, counted from 0
 * @param fraction         how much of the step is done, 0 to 1
 * @param displacements    {@code dimension} a node [nm]
 * @param forces           that hold each node: supports and loads together ([N/m] in the plane, [nN] else)
 * @param energy           elastic energy ([1e-9 J/m] in the plane, [1e-18 J] else); NaN for a law without one
 * @param iterations       of Newton's method
 * @param negativePivots   unstable directions of the tangent at the last factorisation; 0 where the state is stable
 * @param requested        whether it is one of the step's increments, not one put between them
 */
public record Increment(int step, double fraction, double[] displacements, double[] forces, double energy,
        int iterations, int negativePivots, boolean requested) {

    /** Sum of the forces that hold a set of nodes, along an axis. */
    public double force(Mesh mesh, String nodeSet, int axis) {
        double sum = 0;
        for (int node : mesh.nodeSet(nodeSet)) {
            sum += forces[node * mesh.dimension() + axis];
        }
        return sum;
    }

    /** Mean displacement of a set of nodes along an axis [nm]. */
    public double displacement(Mesh mesh, String nodeSet, int axis) {
        double sum = 0;
        int[] nodes = mesh.nodeSet(nodeSet);
        for (int node : nodes) {
            sum += displacements[node * mesh.dimension() + axis];
        }
        return sum / nodes.length;
    }
}
