// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.FirstShell;
import io.github.nanohooke.structure.NeighbourGrid;
import java.util.Arrays;

/**
 * Springs between near atoms, equally stiff in all directions, which become softer with the distance: the
 * preconditioner for materials of Packwood et al., J. Chem. Phys. 144, 164109 (2016). The stiffness of a spring of
 * length r is exp(-A (r / r_nn - 1)), r_nn the usual distance of nearest neighbours.
 */
final class SpringNetwork {
    /** A of the stiffness. */
    private static final double DECAY = 3;
    /** Longest spring in units of r_nn: two shells of fcc and of bcc; more fill the factor and save no steps. */
    private static final double REACH = 1.5;

    private final double nearest;
    private final double[] positions;
    private final int[][] neighbours;
    /** x, y, z of the springs of each atom in turn [Å]. */
    private final double[][] springs;

    SpringNetwork(Atoms atoms) {
        Atoms wrapped = atoms.wrapped();
        positions = wrapped.positions();
        nearest = FirstShell.of(wrapped).distance();
        NeighbourGrid grid = new NeighbourGrid(wrapped, REACH * nearest);
        neighbours = new int[atoms.count()][];
        springs = new double[atoms.count()][];
        Collector collector = new Collector();
        for (int i = 0; i < neighbours.length; i++) {
            collector.count = 0;
            grid.visit(i, collector);
            neighbours[i] = Arrays.copyOf(collector.atoms, collector.count);
            springs[i] = Arrays.copyOf(collector.vectors, 3 * collector.count);
        }
    }

    private static final class Collector implements NeighbourGrid.Visitor {
        private int[] atoms = new int[64];
        private double[] vectors = new double[3 * 64];
        private int count;

        @Override
        public boolean visit(int neighbour, double dx, double dy, double dz) {
            if (count == atoms.length) {
                atoms = Arrays.copyOf(atoms, 2 * count);
                vectors = Arrays.copyOf(vectors, 6 * count);
            }
            atoms[count] = neighbour;
            vectors[3 * count] = dx;
            vectors[3 * count + 1] = dy;
            vectors[3 * count + 2] = dz;
            count++;
            return true;
        }
    }

    int atoms() {
        return neighbours.length;
    }

    /** The usual distance of nearest neighbours [Å]. */
    double nearest() {
        return nearest;
    }

    /** Wrapped x, y, z of each atom in turn [Å]. */
    double[] positions() {
        return positions;
    }

    /** For each atom those at the other ends of its springs: one may be there several times, and itself. */
    int[][] neighbours() {
        return neighbours;
    }

    /** Component 0, 1 or 2 of the vector along a spring [Å], away from the atom. */
    double vector(int atom, int spring, int component) {
        return springs[atom][3 * spring + component];
    }

    double stiffness(int atom, int spring) {
        double x = springs[atom][3 * spring];
        double y = springs[atom][3 * spring + 1];
        double z = springs[atom][3 * spring + 2];
        return Math.exp(-DECAY * (Math.sqrt(x * x + y * y + z * z) / nearest - 1));
    }
}
