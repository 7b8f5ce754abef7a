// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayList;
import java.util.List;

/** Structures with known answers: the three boxes of the paper's fig. 4. */
public final class ReferenceStructures {

    /**
     * A structure and what to call it.
     *
     * @param name      fit for a file name
     * @param structure the structure
     */
    public record Named(String name, PorousStructure structure) {
    }

    private ReferenceStructures() {
    }

    /** {@link #fig4(int)} in the paper's box of three cells along z: 192 of 4800 atoms removed, p = 4 %. */
    public static List<Named> fig4() {
        return fig4(Cells.paper().z());
    }

    /**
     * The boxes of fig. 4: square pores of whole fcc cells, equal porosity and growing dispersion. {@code fig4-1} has
     * one pore of 4 x 4 cells, {@code fig4-4} four of 2 x 2, {@code fig4-16} sixteen of one cell, each on an even grid.
     * With 3 cells along z they have 108, 240 and 576 surface atoms, d = 56.25, 125 and 300 %.
     *
     * @param cellsAlongZ the pores run along z, so numbers of atoms scale with it
     */
    public static List<Named> fig4(int cellsAlongZ) {
        return List.of(
                new Named("fig4-1", squares(1, 4, cellsAlongZ)),
                new Named("fig4-4", squares(2, 2, cellsAlongZ)),
                new Named("fig4-16", squares(4, 1, cellsAlongZ)));
    }

    private static PorousStructure squares(int perEdge, int cellsWide, int cellsAlongZ) {
        Lattice lattice = Lattice.aluminium();
        Cells cells = new Cells(Cells.paper().x(), Cells.paper().y(), cellsAlongZ);
        int period = cells.x() / perEdge;
        List<Pore> pores = new ArrayList<>();
        for (int j = 0; j < perEdge; j++) {
            for (int i = 0; i < perEdge; i++) {
                int firstX = i * period + (period - cellsWide) / 2;
                int firstY = j * period + (period - cellsWide) / 2;
                pores.add(wholeCells(lattice.constant(), firstX, firstY, cellsWide));
            }
        }
        return new PorousStructure(lattice, cells, pores);
    }

    /**
     * Edges run half way between two atom planes, which are a0/2 apart: whole cells go, no edge touches an atom, and
     * the area is that of the cells.
     */
    private static Rectangle wholeCells(double a, int firstX, int firstY, int count) {
        return new Rectangle((firstX - 0.25) * a, (firstX + count - 0.25) * a,
                (firstY - 0.25) * a, (firstY + count - 0.25) * a);
    }
}
