// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Arrays;

/**
 * A periodic cell: three lattice vectors a, b and c [Å] along any directions, right- or left-handed, in the axes of
 * whoever gave the atoms. Atom positions are counted from the same origin, the cell's corner. Immutable.
 *
 * @see RestrictedFrame for the form that LAMMPS asks for
 */
public final class Cell {
    /** Volume over the product of the edges below which three vectors count as lying in a plane. */
    private static final double FLAT = 1e-9;
    /** Of a cell that lies askew no face is exact: a point that is no farther outside than this fraction is inside. */
    private static final double ON_FACE = 1e-12;

    private final double[][] rows;
    /** Rows b x c, c x a and a x b over the volume: fractions are their products with a position. */
    private final double[][] reciprocal;
    private final double signedVolume;
    /** Whether a lies along x and b in the xy plane: fractions then come from the triangle, to the last bit. */
    private final boolean triangular;

    private Cell(double[][] owned) {
        rows = owned;
        for (double[] row : rows) {
            for (int d = 0; d < 3; d++) {
                if (!Double.isFinite(row[d])) {
                    throw new IllegalArgumentException("the cell has a number that is not finite: "
                            + Arrays.deepToString(rows));
                }
                row[d] += 0.0; // no negative zeros, which would make equal cells differ
            }
        }
        reciprocal = new double[][] {
            Vectors.cross(rows[1], rows[2]), Vectors.cross(rows[2], rows[0]), Vectors.cross(rows[0], rows[1])};
        signedVolume = Vectors.dot(rows[2], reciprocal[2]);
        triangular = rows[0][1] == 0 && rows[0][2] == 0 && rows[1][2] == 0;
        double scale = length(0) * length(1) * length(2);
        if (!(Math.abs(signedVolume) > FLAT * scale) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("the three lattice vectors lie in a plane, so the cell has no volume: "
                    + Arrays.deepToString(rows));
        }
        for (double[] row : reciprocal) {
            for (int d = 0; d < 3; d++) {
                row[d] /= signedVolume;
            }
        }
    }

    /**
     * @param rows a, b and c [Å], x, y and z of each; copied
     * @throws IllegalArgumentException when they are not 3x3, not finite, or lie in a plane
     */
    public static Cell of(double[][] rows) {
        if (rows.length != 3 || rows[0].length != 3 || rows[1].length != 3 || rows[2].length != 3) {
            throw new IllegalArgumentException("a cell has three vectors of three numbers");
        }
        return new Cell(new double[][] {rows[0].clone(), rows[1].clone(), rows[2].clone()});
    }

    /** A cell along the axes [Å]. */
    public static Cell orthogonal(double lx, double ly, double lz) {
        return Box.orthogonal(lx, ly, lz).cell();
    }

    /** Component {@code axis} (0 x, 1 y, 2 z) of vector {@code vector} (0 a, 1 b, 2 c) [Å]. */
    public double get(int vector, int axis) {
        return rows[vector][axis];
    }

    /** A copy of a, b and c as rows [Å]. */
    public double[][] rows() {
        return new double[][] {rows[0].clone(), rows[1].clone(), rows[2].clone()};
    }

    /** Length of a (0), b (1) or c (2) [Å]. */
    public double length(int vector) {
        return Vectors.length(rows[vector]);
    }

    /** Volume [Å³], positive also where the cell is left-handed. */
    public double volume() {
        return Math.abs(signedVolume);
    }

    /** Whether a, b and c are left-handed. */
    public boolean isLeftHanded() {
        return signedVolume < 0;
    }

    /** Distances between opposite faces of the cell along a, b and c [Å]; for an orthogonal cell its edges. */
    public double[] heights() {
        return new double[] {
            1 / Vectors.length(reciprocal[0]), 1 / Vectors.length(reciprocal[1]), 1 / Vectors.length(reciprocal[2])};
    }

    /** Where a position lies along a (0), b (1) or c (2), in units of that vector. */
    public double fraction(int vector, double x, double y, double z) {
        if (triangular) {
            double c = z / rows[2][2];
            if (vector == 2) {
                return c;
            }
            double b = (y - c * rows[2][1]) / rows[1][1];
            return vector == 1 ? b : (x - c * rows[2][0] - b * rows[1][0]) / rows[0][0];
        }
        double[] r = reciprocal[vector];
        return r[0] * x + r[1] * y + r[2] * z;
    }

    /** The cell whose vectors are multiplied by these factors, for example of a stack of cells. */
    public Cell scaled(double a, double b, double c) {
        double[] factors = {a, b, c};
        double[][] scaled = rows();
        for (int v = 0; v < 3; v++) {
            for (int d = 0; d < 3; d++) {
                scaled[v][d] *= factors[v];
            }
        }
        return new Cell(scaled);
    }

    /**
     * The cell after a linear map of space.
     *
     * @param map 3x3, takes old vectors to new ones
     * @throws IllegalArgumentException when it flattens the cell
     */
    public Cell transformed(double[][] map) {
        return new Cell(new double[][] {
            Vectors.product(map, rows[0]), Vectors.product(map, rows[1]), Vectors.product(map, rows[2])});
    }

    /**
     * The linear map that takes another cell's vectors to this one's: deformation gradient from that cell to this.
     *
     * @return 3x3
     */
    public double[][] deformationFrom(Cell other) {
        double[][] map = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int v = 0; v < 3; v++) {
                    map[i][j] += rows[v][i] * other.reciprocal[v][j];
                }
            }
        }
        return map;
    }

    /**
     * Brings points into the cell by whole lattice vectors, in place; points already inside keep every bit.
     *
     * @param positions x, y, z of each point in turn [Å]
     */
    public void wrap(double[] positions) {
        for (int i = 0; i < positions.length; i += 3) {
            // The second pass catches a point a rounding error below zero, which the first puts on the far face.
            wrapOnce(positions, i);
            wrapOnce(positions, i);
        }
    }

    private void wrapOnce(double[] p, int i) {
        // From c to a, so that in LAMMPS' form every shift is decided by what the former ones left.
        for (int v = 2; v >= 0; v--) {
            double turns = Math.floor(fraction(v, p[i], p[i + 1], p[i + 2]) + (triangular ? 0 : ON_FACE));
            if (turns != 0) {
                for (int d = 0; d < 3; d++) {
                    p[i + d] -= turns * rows[v][d];
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that && Arrays.deepEquals(rows, that.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rows);
    }

    @Override
    public String toString() {
        return "cell " + Arrays.deepToString(rows) + " Å";
    }
}
