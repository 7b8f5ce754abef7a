// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * How often the cubic cell is repeated along x, y and z.
 *
 * @param x cells along x
 * @param y cells along y
 * @param z cells along z
 */
public record Cells(int x, int y, int z) {

    /**
     * Most atoms that a structure may have before pores are cut: 10 million, about 280 MB. It is four times the
     * paper's beam (2,304,480 atoms) and far below what Java's arrays could hold.
     */
    public static final int MAX_ATOMS = 10_000_000;

    /** @throws StructureException when a number is not positive, or the cells alone exceed {@link #MAX_ATOMS} */
    public Cells {
        if (x < 1 || y < 1 || z < 1) {
            throw new StructureException("cells must be positive whole numbers, got " + x + " " + y + " " + z);
        }
        // Two steps: x y fits a long, and once it is below the limit the product with z does too.
        if ((long) x * y > MAX_ATOMS || (long) x * y * z > MAX_ATOMS) {
            throw new StructureException(x + " x " + y + " x " + z + " cells are more than the limit of " + MAX_ATOMS
                    + " atoms; take fewer cells");
        }
    }

    /** The paper's box: 20 x 20 x 3 (section 2). */
    public static Cells paper() {
        return new Cells(20, 20, 3);
    }

    /** Number of cubic cells. */
    public long count() {
        return (long) x * y * z;
    }

    @Override
    public String toString() {
        return x + " x " + y + " x " + z + " cells";
    }
}
