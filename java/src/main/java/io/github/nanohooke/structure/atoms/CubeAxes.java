// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.NeighbourGrid;

/** Whether atoms form an fcc crystal whose cube axes lie along the edges of their cell. */
public final class CubeAxes {
    /** Neighbours are counted up to here, in units of the distance of nearest ones; the second shell is at 1.41. */
    private static final double REACH = 1.2;
    /** How far a bond's components, in units of half the lattice constant, may be from 0 and 1. */
    private static final double TOLERANCE = 0.35;

    private CubeAxes() {
    }

    /**
     * Share of the bonds between nearest neighbours that lie along {@code <110>} of the cell's edges, as all do in an
     * fcc crystal along them; surfaces and relaxation bend few. Zero where no atoms are that near to each other.
     *
     * @param latticeConstant of the crystal [Å]
     * @return 0 to 1
     */
    public static double bondsAlong(Atoms atoms, double latticeConstant) {
        NeighbourGrid grid = new NeighbourGrid(atoms, REACH * latticeConstant / Math.sqrt(2));
        Cell cell = atoms.cell();
        int[] bonds = new int[2];
        for (int i = 0; i < atoms.count(); i++) {
            grid.visit(i, (neighbour, dx, dy, dz) -> {
                int flat = 0;
                int along = 0;
                for (int v = 0; v < 3; v++) {
                    double size = Math.abs(cell.fraction(v, dx, dy, dz)) * cell.length(v) * 2 / latticeConstant;
                    flat += size <= TOLERANCE ? 1 : 0;
                    along += Math.abs(size - 1) <= TOLERANCE ? 1 : 0;
                }
                bonds[0]++;
                bonds[1] += flat == 1 && along == 2 ? 1 : 0;
                return true;
            });
        }
        return bonds[0] == 0 ? 0 : (double) bonds[1] / bonds[0];
    }
}
