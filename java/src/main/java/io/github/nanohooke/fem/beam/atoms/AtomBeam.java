// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.statics.large.LargeCrystal;
import io.github.nanohooke.structure.Lattice;
import java.util.Arrays;

/**
 * The beam of the paper's Fig. 7 as atoms: {@code cells} x {@code cells / 5} cells of aluminium, one period along z
 * (or three), free in x and y, with a pore of one cell in the middle of every 5 x 5 cells but near its ends. Two planes
 * of cells at its left are held, two at its right are moved.
 *
 * <p>Sites are half-cell indices i, j with z = 0 where i + j is even and half a lattice constant where it is odd, in
 * the order of i, then j. Cell X holds i = 2 X and 2 X + 1. Pores are the cells X = 4, 9, ..., cells - 6 and Y = 2, 7,
 * ..., cells / 5 - 3.
 */
public final class AtomBeam {
    /** Cells of the paper's beam along x. */
    public static final int PAPER_CELLS = 1000;
    /** Where the path of the paper's beam ends [nm]; a smaller beam's ends in proportion. */
    public static final double PAPER_END = 40;
    /** Cells between pores, from middle to middle. */
    public static final int PITCH = 5;
    /** Half-cell planes that are held at either end. */
    private static final int HELD = 4;
    private static final int LEAST = 50;
    private static final int MOST = 1500;
    /** eV/Å over Å in N/m. */
    private static final double NEWTON_PER_METRE = 16.02176634;

    private final int cells;
    private final int periods;
    private final Lattice lattice = Lattice.aluminium();
    private final int[] column;
    private final int[] row;

    private AtomBeam(int cells, int periods) {
        this.cells = cells;
        this.periods = periods;
        int wide = 2 * cells;
        int high = 2 * cells / PITCH;
        int[] i = new int[wide * high];
        int[] j = new int[wide * high];
        int n = 0;
        for (int x = 0; x < wide; x++) {
            for (int y = 0; y < high; y++) {
                if (!pore(x / 2, y / 2)) {
                    i[n] = x;
                    j[n++] = y;
                }
            }
        }
        column = Arrays.copyOf(i, n);
        row = Arrays.copyOf(j, n);
    }

    /**
     * A beam.
     *
     * @param cells along x: 50 to 1,500 in steps of 25, so that whole cells of pores lie across the beam
     * @throws FemException when there is no such beam
     */
    public static AtomBeam of(int cells) {
        if (cells < LEAST || cells > MOST || cells % (PITCH * PITCH) != 0) {
            throw new FemException("a beam of atoms has 50 to 1500 cells along x, in steps of 25, not " + cells
                    + "; the paper's has 1000");
        }
        return new AtomBeam(cells, 1);
    }

    /**
     * The same beam with several periods along z: atoms of the first come first, then those of the next in their order.
     *
     * @throws FemException when there is no such beam
     */
    public AtomBeam withPeriods(int count) {
        if (count != 1 && count != 3) {
            throw new FemException("a beam of atoms has one period along z, or the paper's three, not " + count);
        }
        return new AtomBeam(cells, count);
    }

    /** Periods along z. Of one, atoms stay in their planes; of more, they are free along z, too. */
    public int periods() {
        return periods;
    }

    private boolean pore(int x, int y) {
        return x % PITCH == PITCH - 1 && x <= cells - PITCH - 1 && y % PITCH == PITCH / 2;
    }

    public int cells() {
        return cells;
    }

    /** Of all periods. */
    public int atoms() {
        return periods * column.length;
    }

    public Lattice lattice() {
        return lattice;
    }

    /** Half-cell index along x. */
    public int column(int atom) {
        return column[atom % column.length];
    }

    /** Half-cell index along y. */
    public int row(int atom) {
        return row[atom % row.length];
    }

    /** Place of an atom's plane from the innermost held one on the left, 0, to that on the right, 1. */
    double alongPlanes(int atom) {
        return (column(atom) - HELD + 1.0) / (2 * cells - 2 * HELD + 1);
    }

    /** Place of an atom's row from the lower face, half a row below the first, 0, to the upper one, 1. */
    double acrossFaces(int atom) {
        return (row(atom) + 0.5) / (2.0 * cells / PITCH);
    }

    /** Whether an atom is held where it is. */
    public boolean isLeft(int atom) {
        return column(atom) < HELD;
    }

    /** Whether an atom is moved. */
    public boolean isRight(int atom) {
        return column(atom) >= 2 * cells - HELD;
    }

    /** Distance of the innermost held planes [nm]. */
    public double length() {
        return (2 * cells - 2 * HELD + 1) * 0.05 * lattice.constant();
    }

    /** Period of the rows across the beam [nm]. */
    public double height() {
        return 0.1 * lattice.constant() * cells / PITCH;
    }

    /** End of the path [nm]. */
    public double end() {
        return PAPER_END * cells / PAPER_CELLS;
    }

    /** Lattice sites [Å]. */
    public double[] sites() {
        double half = lattice.constant() / 2;
        double[] x = new double[3 * atoms()];
        for (int a = 0; a < atoms(); a++) {
            x[3 * a] = column(a) * half;
            x[3 * a + 1] = row(a) * half;
            x[3 * a + 2] = ((column(a) + row(a)) % 2 + 2 * (a / column.length)) * half;
        }
        return x;
    }

    /** Both ends are held; the forces on the right one are the reaction. */
    byte[] clamps() {
        byte[] held = new byte[atoms()];
        for (int a = 0; a < atoms(); a++) {
            held[a] = isLeft(a) ? LargeCrystal.HOLD
                    : isRight(a) ? (byte) (LargeCrystal.HOLD | LargeCrystal.REACTION) : 0;
        }
        return held;
    }

    /** As little as keeps the free beam from drifting and turning: an atom in the middle of either end. */
    byte[] pins() {
        byte[] held = new byte[atoms()];
        int middle = cells / PITCH;
        for (int a = 0; a < atoms(); a++) {
            if (row(a) == middle && column(a) == 0) {
                held[a] = LargeCrystal.HOLD;
            } else if (row(a) == middle && column(a) == 2 * cells - 1) {
                held[a] = LargeCrystal.HOLD_Y;
            }
        }
        return held;
    }

    /** Sum of a component of the right end's forces, per length along z [N/m]. */
    double right(double[] forces, int axis) {
        double sum = 0;
        for (int a = 0; a < atoms(); a++) {
            if (isRight(a)) {
                sum += forces[3 * a + axis];
            }
        }
        return perLength(sum);
    }

    double perLength(double force) {
        return force / (periods * lattice.constant()) * NEWTON_PER_METRE;
    }
}
