// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

/**
 * Energy of a cell of atoms over its Green strain in the plane, E11, E22 and 2 E12: cubes of different sizes, in each
 * of them {@link Quintic} pieces of energy, stress and moduli at the corners, so that energy has two continuous
 * derivatives. Where cubes of two sizes meet, the smaller ones take their data from the larger. Immutable.
 *
 * @param options what was asked for
 * @param key     of all that decides the content
 * @param tree    cubes of the coarsest grid, x slowest: a cell's number, -1 for none, -2 - k for the eight at k, alike
 * @param corners eight nodes a cell, as {@link Quintic} counts them
 * @param ends    whether a cell is at the end of stability, or too coarse
 * @param data    27 a node [GPa]
 * @param normal  of a node S33 and its derivatives by the three strains [GPa]
 * @param summary what it is made of and worth
 */
record LawTable(TableOptions options, String key, int[] tree, int[] corners, boolean[] ends, double[] data,
        double[] normal, TableSummary summary) {

    /** A place in a cell. */
    static final class Place {
        final double[] t = new double[3];
        final double[] derivatives = new double[Quintic.DATA];
        int cell;
        double length;
    }

    /**
     * Finds the cell of a strain.
     *
     * @return false where the table has none
     */
    boolean find(double[] strain, Place place) {
        int n = TableOptions.CELLS;
        double length = 2 * options.range() / n;
        int at = 0;
        for (int q = 0; q < 3; q++) {
            double x = (strain[q] + options.range()) / length;
            if (!(x >= 0 && x <= n)) {
                return false;
            }
            int cube = Math.min(n - 1, (int) x);
            at = n * at + cube;
            place.t[q] = x - cube;
        }
        int entry = tree[at];
        while (entry <= -2) {
            int child = 0;
            for (int q = 0; q < 3; q++) {
                double x = 2 * place.t[q];
                int half = x >= 1 ? 1 : 0;
                place.t[q] = x - half;
                child = 2 * child + half;
            }
            length *= 0.5;
            entry = tree[-2 - entry + child];
        }
        place.cell = entry;
        place.length = length;
        return entry >= 0;
    }

    /** All derivatives at a place that was found. */
    void evaluate(Place place) {
        Quintic.evaluate(data, corners, 8 * place.cell, place.t, place.length, place.derivatives);
    }

    /** Whether stability ends in the cell of a place, or the table is too coarse there. */
    boolean isDoubtful(Place place) {
        return ends[place.cell];
    }

    /** S33 at a place: the corners' own, linearly in the strain, blended smoothly. */
    double normalStress(Place place) {
        double sum = 0;
        for (int c = 0; c < 8; c++) {
            int node = 4 * corners[8 * place.cell + c];
            double weight = 1;
            double value = normal[node];
            for (int q = 0; q < 3; q++) {
                int side = c >> 2 - q & 1;
                double t = side == 0 ? 1 - place.t[q] : place.t[q];
                weight *= t * t * t * (10 + t * (-15 + 6 * t));
                value += normal[node + 1 + q] * (place.t[q] - side) * place.length;
            }
            sum += weight * value;
        }
        return sum;
    }
}
