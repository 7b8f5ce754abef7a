// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * The eight symmetries of the square: the rotations about z by multiples of 90° and the mirrors that keep z.
 *
 * <p>An fcc crystal with its cube axes along x, y and z is mapped onto itself by each of them, so that a porous
 * structure, its image and its elastic tensor are transformed together without loss. Everywhere the symmetry is
 * <em>active</em>: it moves the material, and the axes stay. The point (x, y) goes to
 * ({@link #xx()} x + {@link #xy()} y, {@link #yx()} x + {@link #yy()} y), counted from the cell's corner, then into the
 * periodic cell; up to a translation that is the same as turning about the middle of the cell.
 */
public enum SquareSymmetry {
    /** (x, y). */
    IDENTITY(1, 0, 0, 1),
    /** (-y, x): 90° counterclockwise. */
    QUARTER_TURN(0, -1, 1, 0),
    /** (-x, -y). */
    HALF_TURN(-1, 0, 0, -1),
    /** (y, -x): 90° clockwise. */
    THREE_QUARTER_TURN(0, 1, -1, 0),
    /** (-x, y). */
    MIRROR_X(-1, 0, 0, 1),
    /** (x, -y). */
    MIRROR_Y(1, 0, 0, -1),
    /** (y, x). */
    MIRROR_DIAGONAL(0, 1, 1, 0),
    /** (-y, -x). */
    MIRROR_ANTIDIAGONAL(0, -1, -1, 0);

    private static final SquareSymmetry[] ALL = values();

    private final int xx;
    private final int xy;
    private final int yx;
    private final int yy;

    SquareSymmetry(int xx, int xy, int yx, int yy) {
        this.xx = xx;
        this.xy = xy;
        this.yx = yx;
        this.yy = yy;
    }

    /** What old x gives to new x: -1, 0 or 1. */
    public int xx() {
        return xx;
    }

    /** What old y gives to new x: -1, 0 or 1. */
    public int xy() {
        return xy;
    }

    /** What old x gives to new y: -1, 0 or 1. */
    public int yx() {
        return yx;
    }

    /** What old y gives to new y: -1, 0 or 1. */
    public int yy() {
        return yy;
    }

    /** The 3x3 orthogonal matrix, z unchanged; its determinant is 1 for the turns and -1 for the mirrors. */
    public double[][] matrix() {
        return new double[][] {{xx, xy, 0}, {yx, yy, 0}, {0, 0, 1}};
    }

    /** Whether x and y change places, and with them the lengths of a cell that is not square. */
    public boolean swapsAxes() {
        return xx == 0;
    }

    /** The symmetry that does {@code first} and then this one. */
    public SquareSymmetry after(SquareSymmetry first) {
        return find(xx * first.xx + xy * first.yx, xx * first.xy + xy * first.yy,
                yx * first.xx + yy * first.yx, yx * first.xy + yy * first.yy);
    }

    /** The symmetry that undoes this one: its transpose. */
    public SquareSymmetry inverse() {
        return find(xx, yx, xy, yy);
    }

    /**
     * The atoms, and their cell, after the symmetry. Coordinates are not wrapped into the new cell. The new a is the
     * old vector that lies along x now and points the way a did, b likewise, so that a picture of the cell keeps its
     * sides.
     */
    public Atoms apply(Atoms atoms) {
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            double x = positions[i];
            double y = positions[i + 1];
            positions[i] = xx * x + xy * y;
            positions[i + 1] = yx * x + yy * y;
        }
        return atoms.moved(apply(atoms.cell()), positions);
    }

    private Cell apply(Cell cell) {
        double[][] moved = cell.transformed(matrix()).rows();
        double[] a = swapsAxes() ? Vectors.scaled(moved[1], xy) : Vectors.scaled(moved[0], xx);
        double[] b = swapsAxes() ? Vectors.scaled(moved[0], yx) : Vectors.scaled(moved[1], yy);
        return Cell.of(new double[][] {a, b, moved[2]});
    }

    private static SquareSymmetry find(int xx, int xy, int yx, int yy) {
        for (SquareSymmetry s : ALL) {
            if (s.xx == xx && s.xy == xy && s.yx == yx && s.yy == yy) {
                return s;
            }
        }
        throw new AssertionError("the symmetries of the square are not closed");
    }
}
