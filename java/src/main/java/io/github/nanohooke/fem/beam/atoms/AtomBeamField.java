// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strains of a beam of atoms as a mesh can carry them: its nodes are the atoms at the corners of the cells of one pore,
 * its elements these cells.
 *
 * @param mesh          [nm]
 * @param displacements two a node [nm]
 * @param strain        E_xx of Green and Lagrange, the mean of the cells around a node
 */
public record AtomBeamField(Mesh mesh, double[] displacements, double[] strain) {
    private static final int STEP = 2 * AtomBeam.PITCH;

    /**
     * Of one state against another.
     *
     * @param from positions that count as undeformed, x and y of every atom [Å]
     * @param to   positions of the state
     */
    public static AtomBeamField of(AtomBeam beam, double[] from, double[] to) {
        Map<Integer, Integer> node = new HashMap<>();
        List<Integer> atom = new ArrayList<>();
        int stride = 2 * beam.cells();
        for (int a = 0; a < beam.atoms() / beam.periods(); a++) {
            if (beam.column(a) % STEP == 0 && beam.row(a) % STEP == 0) {
                node.put(beam.row(a) * stride + beam.column(a), atom.size());
                atom.add(a);
            }
        }
        double[] x = new double[2 * atom.size()];
        double[] u = new double[2 * atom.size()];
        for (int n = 0; n < atom.size(); n++) {
            for (int i = 0; i < 2; i++) {
                x[2 * n + i] = 0.1 * from[2 * atom.get(n) + i];
                u[2 * n + i] = 0.1 * to[2 * atom.get(n) + i] - x[2 * n + i];
            }
        }
        List<int[]> elements = new ArrayList<>();
        double[] sum = new double[atom.size()];
        int[] count = new int[atom.size()];
        for (int a : atom) {
            int place = beam.row(a) * stride + beam.column(a);
            Integer right = node.get(place + STEP);
            Integer above = node.get(place + STEP * stride);
            Integer across = node.get(place + STEP * stride + STEP);
            if (right == null || above == null || across == null) {
                continue;
            }
            int[] corners = {node.get(place), right, across, above};
            elements.add(corners);
            double strain = strain(corners, x, u);
            for (int corner : corners) {
                sum[corner] += strain;
                count[corner]++;
            }
        }
        for (int n = 0; n < sum.length; n++) {
            sum[n] = count[n] == 0 ? Double.NaN : sum[n] / count[n];
        }
        Mesh mesh = new Mesh(2, x, Collections.nCopies(elements.size(), ElementType.Q4),
                elements.toArray(int[][]::new), Map.of(), Map.of());
        return new AtomBeamField(mesh, u, sum);
    }

    /** Of the line in the middle between a cell's lower and upper edge. */
    private static double strain(int[] c, double[] x, double[] u) {
        double before = 0.5 * (x[2 * c[1]] - x[2 * c[0]] + x[2 * c[2]] - x[2 * c[3]]);
        double dx = before + 0.5 * (u[2 * c[1]] - u[2 * c[0]] + u[2 * c[2]] - u[2 * c[3]]);
        double dy = 0.5 * (x[2 * c[1] + 1] - x[2 * c[0] + 1] + x[2 * c[2] + 1] - x[2 * c[3] + 1])
                + 0.5 * (u[2 * c[1] + 1] - u[2 * c[0] + 1] + u[2 * c[2] + 1] - u[2 * c[3] + 1]);
        return 0.5 * ((dx * dx + dy * dy) / (before * before) - 1);
    }
}
