// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

/**
 * What a large crystal is made of.
 *
 * @param period    along z [Å]
 * @param plane     lx, ly and tilt of the periodic cell in the plane [Å]; 0: free along that direction
 * @param cutOrigin where the springs' matrix is cut first, x and y [Å]
 * @param cutPeriod of the cuts, x and y [Å]: parts that repeat themselves with it are factorised once; 0: any
 * @param threads   that work on it
 * @param periods   that the atoms are: of more than one, those of the first come first, then those of the next in the
 *                  same order, and all of them are free along z, too
 */
public record LargeOptions(double period, double[] plane, double[] cutOrigin, double[] cutPeriod, int threads,
        int periods) {

    /** One period. */
    public LargeOptions(double period, double[] plane, double[] cutOrigin, double[] cutPeriod, int threads) {
        this(period, plane, cutOrigin, cutPeriod, threads, 1);
    }

    /** Free in the plane, no period of cuts. */
    public static LargeOptions free(double period, int threads) {
        return new LargeOptions(period, new double[3], new double[2], new double[2], threads);
    }

    /** With lines of cuts, see the record. */
    public LargeOptions cuts(double originX, double originY, double periodX, double periodY) {
        return new LargeOptions(period, plane, new double[] {originX, originY}, new double[] {periodX, periodY},
                threads, periods);
    }

    /** The same of several periods, with all freedoms. */
    public LargeOptions periods(int value) {
        return new LargeOptions(period, plane, cutOrigin, cutPeriod, threads, value);
    }
}
