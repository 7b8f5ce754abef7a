// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An extruded fcc crystal as its columns of atoms: seen along z they stand on a square grid of a0/2, and each has its
 * nearest neighbours in the eight columns around it. Column (i, j) stands at (i, j) a0/2; the grid is periodic.
 */
public final class ColumnGrid {
    private final double pitch;
    private final int width;
    private final int height;
    private final boolean[] solid;

    private ColumnGrid(double pitch, int width, int height, boolean[] solid) {
        this.pitch = pitch;
        this.width = width;
        this.height = height;
        this.solid = solid;
    }

    /**
     * What pores leave, be it nothing.
     *
     * @throws StructureException when the lattice is not fcc
     */
    public static ColumnGrid of(Lattice lattice, Cells cells, List<? extends Pore> pores) {
        ColumnGrid grid = whole(lattice, cells);
        RemovedSites columns = new RemovedSites(lattice, cells);
        pores.forEach(columns::cut);
        double[][] basis = lattice.basis();
        for (int site = 0; site < basis.length; site++) {
            for (int iy = 0; iy < cells.y(); iy++) {
                for (int ix = 0; ix < cells.x(); ix++) {
                    if (columns.isRemoved(ix, iy, site)) {
                        grid.solid[grid.place((int) (2 * (ix + basis[site][0])), (int) (2 * (iy + basis[site][1])))] =
                                false;
                    }
                }
            }
        }
        return grid;
    }

    /** What is left of a structure. */
    public static ColumnGrid of(PorousStructure structure) {
        return of(structure.lattice(), structure.cells(), structure.pores());
    }

    /**
     * The crystal without pores.
     *
     * @throws StructureException when the lattice is not fcc
     */
    public static ColumnGrid whole(Lattice lattice, Cells cells) {
        if (lattice.kind() != Lattice.Kind.FCC) {
            throw new StructureException("columns on a grid of half a lattice constant are those of fcc, not of "
                    + lattice.kind().label());
        }
        boolean[] solid = new boolean[4 * cells.x() * cells.y()];
        Arrays.fill(solid, true);
        return new ColumnGrid(lattice.constant() / 2, 2 * cells.x(), 2 * cells.y(), solid);
    }

    /** Columns along x. */
    public int width() {
        return width;
    }

    /** Columns along y. */
    public int height() {
        return height;
    }

    /** Distance of columns along x and y [Å]. */
    public double pitch() {
        return pitch;
    }

    /** Columns with and without atoms. */
    public int total() {
        return solid.length;
    }

    /** Whether a column has its atoms; any whole numbers. */
    public boolean isSolid(int i, int j) {
        return solid[place(i, j)];
    }

    /** Columns without atoms. */
    public int removed() {
        int removed = 0;
        for (boolean column : solid) {
            removed += column ? 0 : 1;
        }
        return removed;
    }

    /** Porosity by eq. (1) [%]. */
    public double porosity() {
        return 100.0 * removed() / total();
    }

    /** The same grid without some more columns, of which i + width() j is in the list. */
    public ColumnGrid without(int[] columns) {
        boolean[] left = solid.clone();
        for (int column : columns) {
            left[column] = false;
        }
        return new ColumnGrid(pitch, width, height, left);
    }

    private int place(int i, int j) {
        return Math.floorMod(j, height) * width + Math.floorMod(i, width);
    }

    /**
     * A part of the solid, or of the pores, that hangs together.
     *
     * @param columns    i + width() j of each
     * @param directions in how many independent directions of the plane it goes on for ever: 2 it is continuous, 1 a
     *                   strip, 0 an island
     */
    public record Piece(int[] columns, int directions) {
    }

    /** The solid's pieces: columns hang together that are nearest neighbours, at the side or at the corner. */
    public List<Piece> pieces() {
        return pieces(true, true);
    }

    /** The pores, as far as they hang together: columns side by side, for atoms at the corner are bonded across. */
    public List<Piece> holes() {
        return pieces(false, false);
    }

    private List<Piece> pieces(boolean of, boolean corners) {
        List<Piece> pieces = new ArrayList<>();
        int[][] cellOf = new int[solid.length][];
        int[] queue = new int[solid.length];
        for (int seed = 0; seed < solid.length; seed++) {
            if (solid[seed] != of || cellOf[seed] != null) {
                continue;
            }
            cellOf[seed] = new int[2];
            queue[0] = seed;
            int tail = 1;
            int[] winding = null;
            boolean continuous = false;
            for (int head = 0; head < tail; head++) {
                int i = queue[head] % width;
                int j = queue[head] / width;
                for (int step = 0; step < 9; step++) {
                    int di = step % 3 - 1;
                    int dj = step / 3 - 1;
                    int next = place(i + di, j + dj);
                    if (step == 4 || di != 0 && dj != 0 && !corners || solid[next] != of) {
                        continue;
                    }
                    int[] there = {cellOf[queue[head]][0] + Math.floorDiv(i + di, width),
                        cellOf[queue[head]][1] + Math.floorDiv(j + dj, height)};
                    if (cellOf[next] == null) {
                        cellOf[next] = there;
                        queue[tail++] = next;
                        continue;
                    }
                    int[] turn = {there[0] - cellOf[next][0], there[1] - cellOf[next][1]};
                    if (turn[0] != 0 || turn[1] != 0) {
                        continuous |= winding != null && winding[0] * turn[1] != winding[1] * turn[0];
                        winding = turn;
                    }
                }
            }
            pieces.add(new Piece(Arrays.copyOf(queue, tail), continuous ? 2 : winding == null ? 0 : 1));
        }
        return pieces;
    }

    /** Pores that cut these columns and no others: one rectangle a run of them along x, half a pitch around each. */
    public List<Pore> pores(int[] columns) {
        boolean[] cut = new boolean[solid.length];
        for (int column : columns) {
            cut[column] = true;
        }
        List<Pore> pores = new ArrayList<>();
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                int from = i;
                while (i < width && cut[j * width + i]) {
                    i++;
                }
                if (i > from) {
                    pores.add(new Rectangle((from - 0.5) * pitch, (i - 0.5) * pitch, (j - 0.5) * pitch,
                            (j + 0.5) * pitch));
                }
            }
        }
        return pores;
    }
}
