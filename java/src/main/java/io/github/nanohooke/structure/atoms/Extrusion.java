// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.NeighbourGrid;
import java.util.Arrays;

/** Whether a cell is extruded along z, so that eight of its 21 elastic constants are zero by symmetry. */
public final class Extrusion {
    /**
     * How far an atom may lie from its mirror image [Å]: above what a relaxation leaves, below any distance of atoms.
     */
    private static final double SAME = 1e-3;

    private Extrusion() {
    }

    /**
     * Whether c stands upright along z on a and b, and the plane across z through the first atom is a mirror of the
     * crystal: all that the symmetry of the tensor asks for. Pores that run through along z leave it so.
     */
    public static boolean isAlongZ(Atoms atoms) {
        Cell cell = atoms.cell();
        double askew = Math.max(Math.max(Math.abs(cell.get(0, 2)), Math.abs(cell.get(1, 2))),
                Math.hypot(cell.get(2, 0), cell.get(2, 1)));
        if (askew > SAME || atoms.count() == 0) {
            return false;
        }
        int n = atoms.count();
        double[] both = Arrays.copyOf(atoms.positions(), 6 * n);
        int[] types = Arrays.copyOf(atoms.types(), 2 * n);
        for (int i = 0; i < n; i++) {
            both[3 * (n + i)] = atoms.x(i);
            both[3 * (n + i) + 1] = atoms.y(i);
            both[3 * (n + i) + 2] = 2 * atoms.z(0) - atoms.z(i);
            types[n + i] = atoms.type(i);
        }
        NeighbourGrid grid = new NeighbourGrid(new Atoms(cell, atoms.elements(), types, both), SAME);
        for (int i = 0; i < n; i++) {
            boolean[] found = new boolean[1];
            int type = types[i];
            grid.visit(n + i, (other, dx, dy, dz) -> {
                found[0] |= other < n && types[other] == type;
                return !found[0];
            });
            if (!found[0]) {
                return false;
            }
        }
        return true;
    }
}
