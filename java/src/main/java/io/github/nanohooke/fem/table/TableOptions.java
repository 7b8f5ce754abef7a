// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.FemException;

/**
 * How far a table goes, and how fine it is.
 *
 * @param range     largest component of the Green strain, E11, E22 and 2 E12, of either sign
 * @param tolerance stress may be wrong by this share of the table's largest, energy by a fifth of it of the largest
 *                  energy. Cells are halved until that and, as far as the finest spacing lets it, half of it of the
 *                  largest undeformed modulus hold, with a factor of two to spare, at their centre
 * @param finest    smallest spacing of nodes in strain; cells at the end of stability are halved down to it
 */
public record TableOptions(double range, double tolerance, double finest) {
    /** Cells of the coarsest grid along each component. */
    static final int CELLS = 6;
    private static final int DEEPEST = 5;

    /** @throws FemException when numbers make no table */
    public TableOptions {
        if (!(range >= 0.001 && range <= 0.3)) {
            throw new FemException("range of a table must be 0.001 to 0.3, a Green strain, got " + range);
        }
        if (!(tolerance > 0 && tolerance <= 0.5)) {
            throw new FemException("tolerance of a table must be above 0 and at most 0.5, a share of the largest"
                    + " stress, got " + tolerance);
        }
        double coarsest = 2 * range / CELLS;
        if (!(finest >= coarsest * Math.pow(0.5, DEEPEST) && finest <= coarsest)) {
            throw new FemException("finest spacing of a table must be a " + (1 << DEEPEST) + "th to all of a third of"
                    + " its range, a Green strain: " + coarsest * Math.pow(0.5, DEEPEST) + " to " + coarsest + ", got "
                    + finest);
        }
    }

    /** 12 %, half a per cent of the largest stress, 0.01. */
    public static TableOptions defaults() {
        return new TableOptions(0.12, 0.005, 0.01);
    }

    /** How often cells are halved at most. */
    int depth() {
        return (int) Math.ceil(Math.log(2 * range / CELLS / finest) / Math.log(2) - 1e-9);
    }
}
