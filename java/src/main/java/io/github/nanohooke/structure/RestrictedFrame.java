// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * A cell seen from LAMMPS' restricted triclinic frame, where a lies along x and b in the xy plane ({@link Box}), and
 * the way back. Calculators work there; whoever asks them gets answers in the axes of the input.
 *
 * <p>A left-handed cell is the same lattice with c turned round, which is how it enters. A cell that is in the frame
 * already keeps every bit.
 */
public final class RestrictedFrame {
    private final Cell cell;
    /** The lattice as it enters, in the axes of the input. */
    private final ReducedCell entered;
    private final Box box;
    /** Rows are the frame's x, y and z axes in the cell's; null where the two agree. */
    private final double[][] axes;

    private RestrictedFrame(Cell cell, boolean reduced) {
        this.cell = cell;
        double[][] rows = cell.rows();
        if (cell.isLeftHanded()) {
            rows[2] = Vectors.scaled(rows[2], -1);
        }
        entered = new ReducedCell(rows, reduced);
        double[] a = entered.rows()[0];
        double[] b = entered.rows()[1];
        double[] c = entered.rows()[2];
        if (a[1] == 0 && a[2] == 0 && b[2] == 0 && a[0] > 0 && b[1] > 0 && c[2] > 0) {
            box = new Box(a[0], b[1], c[2], b[0], c[0], c[1]);
            axes = null;
            return;
        }
        double[] normal = Vectors.cross(a, b);
        double[] x = Vectors.scaled(a, 1 / Vectors.length(a));
        double[] z = Vectors.scaled(normal, 1 / Vectors.length(normal));
        double[] y = Vectors.cross(z, x);
        box = new Box(Vectors.length(a), Vectors.dot(b, y), Vectors.dot(c, z), Vectors.dot(b, x), Vectors.dot(c, x),
                Vectors.dot(c, y));
        axes = new double[][] {x, y, z};
    }

    /** The frame of a cell, which keeps its vectors. */
    public static RestrictedFrame of(Cell cell) {
        return new RestrictedFrame(cell, false);
    }

    /** The frame to calculate in: a cell that lies very askew enters by shorter vectors of the same lattice. */
    public static RestrictedFrame reduced(Cell cell) {
        return new RestrictedFrame(cell, true);
    }

    /** The cell in this frame. */
    public Box box() {
        return box;
    }

    /** Whether the cell is in this frame already, so that nothing is turned. */
    public boolean isIdentity() {
        return axes == null;
    }

    /** The turn into this frame: 3x3, takes directions of the cell's axes to this frame's. */
    public double[][] rotation() {
        return axes == null ? new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
                : new double[][] {axes[0].clone(), axes[1].clone(), axes[2].clone()};
    }

    /** Positions [Å] as they are in this frame, x, y, z of each in turn. */
    public double[] enter(double[] positions) {
        return axes == null ? positions.clone() : turned(positions, axes);
    }

    /** The atoms in this frame. */
    public Atoms enter(Atoms atoms) {
        return axes == null && !cell.isLeftHanded() && !entered.isChanged() ? atoms
                : atoms.moved(box.cell(), enter(atoms.positions()));
    }

    /**
     * The turn that makes a minimum which was found in this frame a pure stretch of the cell that the calculation
     * started from: 3x3, takes directions of this frame to the input's axes. A cell that sheared on relaxing is turned
     * by it, and with it the crystal, so that no part of the deformation is a rotation (polar decomposition).
     *
     * @param minimum the relaxed cell in this frame
     * @param cells   how many of the given cells the relaxed one stacks along c
     */
    public double[][] returnFrom(Box minimum, int cells) {
        // Of the input's axes to this frame: F = R U. R^T is the way back.
        double[][] deformation = minimum.cell().deformationFrom(Cell.of(entered.rows()).scaled(1, 1, cells));
        return Vectors.transposed(Rotations.ofDeformation(deformation));
    }

    /**
     * The cell of a minimum in the input's axes, by the vectors that the input has; of a stack of cells that lie
     * askew, by shorter ones.
     *
     * @param minimum the relaxed cell in this frame
     * @param cells   how many of the given cells it stacks along c
     */
    public Cell leave(Box minimum, int cells) {
        Cell back = minimum.cell().transformed(returnFrom(minimum, cells));
        if (cells == 1 && entered.isChanged()) {
            back = entered.given(back);
        }
        return cell.isLeftHanded() ? back.scaled(1, 1, -1) : back;
    }

    /** Positions [Å] of a minimum in the input's axes; the rest as in {@link #leave(Box, int)}. */
    public double[] leave(double[] positions, Box minimum, int cells) {
        return turned(positions, returnFrom(minimum, cells));
    }

    /** Positions [Å] after a turn, x, y, z of each in turn. */
    private static double[] turned(double[] positions, double[][] rotation) {
        double[] result = new double[positions.length];
        for (int i = 0; i < positions.length; i += 3) {
            double[] p = {positions[i], positions[i + 1], positions[i + 2]};
            System.arraycopy(Vectors.product(rotation, p), 0, result, i, 3);
        }
        return result;
    }
}
