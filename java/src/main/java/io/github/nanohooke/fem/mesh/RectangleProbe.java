// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;

/** Fields at any place of a mesh of upright rectangles, as its elements interpolate them. */
public final class RectangleProbe {
    private final Mesh mesh;
    /** Lower and upper x, lower and upper y of each element. */
    private final double[][] sides;

    /** @throws FemException when the mesh has other elements */
    public RectangleProbe(Mesh mesh) {
        this.mesh = mesh;
        sides = new double[mesh.elements()][];
        for (int e = 0; e < sides.length; e++) {
            double[] x = new double[mesh.dimension() * mesh.type(e).nodes()];
            mesh.gather(e, x);
            sides[e] = sides(mesh.type(e), x);
        }
    }

    private static double[] sides(ElementType type, double[] x) {
        double[] s = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY};
        for (int k = 0; k < x.length; k++) {
            int low = 2 * (k % 2);
            s[low] = Math.min(s[low], x[k]);
            s[low + 1] = Math.max(s[low + 1], x[k]);
        }
        // Corners are in the corners, and middles in the middles: places depend linearly on the element's own ones.
        boolean upright = type.dimension() == 2;
        for (int a = 0; upright && a < type.nodes(); a++) {
            int[] natural = type.natural(a);
            for (int i = 0; i < 2; i++) {
                double expected = 0.5 * (s[2 * i] + s[2 * i + 1]) + 0.5 * natural[i] * (s[2 * i + 1] - s[2 * i]);
                upright &= Math.abs(x[2 * a + i] - expected) <= 1e-9 * (s[2 * i + 1] - s[2 * i]);
            }
        }
        if (!upright) {
            throw new FemException("fields are looked up in meshes of upright rectangles only");
        }
        return s;
    }

    /**
     * Displacement and value at a place.
     *
     * @param place  [nm]; outside the mesh its nearest element goes on
     * @param u      two a node
     * @param values one a node
     * @return both displacements and the value
     */
    public double[] at(double[] place, double[] u, double[] values) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int e = 0; e < sides.length && least > 0; e++) {
            double[] s = sides[e];
            double beyond = 0;
            for (int i = 0; i < 2; i++) {
                beyond += Math.max(0, Math.max(s[2 * i] - place[i], place[i] - s[2 * i + 1]));
            }
            if (beyond < least) {
                least = beyond;
                best = e;
            }
        }
        double[] s = sides[best];
        double[] xi = {2 * (place[0] - s[0]) / (s[1] - s[0]) - 1, 2 * (place[1] - s[2]) / (s[3] - s[2]) - 1};
        double[] n = mesh.type(best).values(xi);
        int[] nodes = mesh.element(best);
        double[] sum = new double[3];
        for (int a = 0; a < n.length; a++) {
            sum[0] += n[a] * u[2 * nodes[a]];
            sum[1] += n[a] * u[2 * nodes[a] + 1];
            sum[2] += n[a] * values[nodes[a]];
        }
        return sum;
    }
}
