// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds what supports and ties leave free: each connected piece of a mesh must be held against translations and
 * rotations, by displacements that are given or by pieces that it is tied to. Pieces that ties join are judged
 * together, each with rigid modes of its own.
 */
final class RigidModes {
    private static final String[] PLANE = {"translation along x", "translation along y", "rotation about z"};
    private static final String[] SOLID = {"translation along x", "translation along y", "translation along z",
        "rotation about x", "rotation about y", "rotation about z"};
    private static final double FREE = 1e-9;

    private final Mesh mesh;
    private final boolean[] fixed;
    private final List<int[]> ties;
    private final Pieces pieces;
    private final String[] names;
    private final double scale;

    private RigidModes(Mesh mesh, boolean[] fixed, List<int[]> ties) {
        this.mesh = mesh;
        this.fixed = fixed;
        this.ties = ties;
        pieces = new Pieces(mesh, ties);
        names = mesh.dimension() == 2 ? PLANE : SOLID;
        double largest = 0;
        for (int i = 0; i < mesh.dimension(); i++) {
            double[] range = mesh.extent(i);
            largest = Math.max(largest, range[1] - range[0]);
        }
        scale = largest;
    }

    /** @throws FemException naming the mode that is free, of which piece */
    static void requireHeld(Mesh mesh, boolean[] fixed, List<int[]> ties) {
        RigidModes modes = new RigidModes(mesh, fixed, ties);
        modes.pieces.joined().forEach(modes::requireHeld);
    }

    private void requireHeld(int[] joined) {
        double[] free = freeMode(joined);
        if (free == null) {
            return;
        }
        int most = 0;
        for (int k = 0; k < free.length; k++) {
            most = Math.abs(free[k]) > Math.abs(free[most]) ? k : most;
        }
        int at = most / names.length;
        double[] mode = Arrays.copyOfRange(free, at * names.length, (at + 1) * names.length);
        throw new FemException("nothing holds " + (pieces.count() == 1 ? "the part" : "one of the mesh's "
                + pieces.count() + " separate pieces (with node " + pieces.nodes(joined[at])[0] + ", counted from 0)")
                + " against " + describe(mode, names) + ": give displacements that do");
    }

    /** Coefficients of rigid modes, those of each piece in turn, that violate no support and no tie; or null. */
    private double[] freeMode(int[] joined) {
        int dimension = mesh.dimension();
        double[][] centres = new double[pieces.count()][];
        int[] first = new int[pieces.count()]; // places of the pieces' modes
        for (int k = 0; k < joined.length; k++) {
            centres[joined[k]] = centre(pieces.nodes(joined[k]));
            first[joined[k]] = k * names.length;
        }
        double[][] gram = new double[joined.length * names.length][joined.length * names.length];
        for (int piece : joined) {
            for (int node : pieces.nodes(piece)) {
                for (int i = 0; i < dimension; i++) {
                    if (fixed[node * dimension + i]) {
                        double[] row = new double[gram.length];
                        addTo(row, first[piece], 1, row(node, i, centres[piece]));
                        addSquare(gram, row);
                    }
                }
            }
        }
        for (int[] tie : ties) {
            int base = tie[0] / dimension;
            int own = pieces.of(base);
            for (int k = 1; k < tie.length && centres[own] != null; k++) {
                int node = tie[k] / dimension;
                int other = pieces.of(node);
                double[] difference = new double[gram.length];
                addTo(difference, first[other], 1, row(node, tie[k] % dimension, centres[other]));
                addTo(difference, first[own], -1, row(base, tie[k] % dimension, centres[own]));
                addSquare(gram, difference);
            }
        }
        return nullVector(gram);
    }

    private static void addTo(double[] sum, int first, double factor, double[] row) {
        for (int m = 0; m < row.length; m++) {
            sum[first + m] += factor * row[m];
        }
    }

    private double[] centre(int[] nodes) {
        double[] centre = new double[mesh.dimension()];
        for (int node : nodes) {
            for (int i = 0; i < centre.length; i++) {
                centre[i] += mesh.coordinate(node, i);
            }
        }
        return Arrays.stream(centre).map(sum -> sum / nodes.length).toArray();
    }

    /** What each rigid mode of a piece moves a node along an axis; rotations by one radian over the part's size. */
    private double[] row(int node, int axis, double[] centre) {
        int dimension = mesh.dimension();
        double[] d = new double[3];
        for (int i = 0; i < dimension; i++) {
            d[i] = (mesh.coordinate(node, i) - centre[i]) / scale;
        }
        if (dimension == 2) {
            return new double[] {axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 0 ? -d[1] : d[0]};
        }
        double[] row = new double[6];
        row[axis] = 1;
        // omega x d for omega along each axis.
        row[3] = axis == 1 ? -d[2] : axis == 2 ? d[1] : 0;
        row[4] = axis == 0 ? d[2] : axis == 2 ? -d[0] : 0;
        row[5] = axis == 0 ? -d[1] : axis == 1 ? d[0] : 0;
        return row;
    }

    private static void addSquare(double[][] gram, double[] row) {
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; row[i] != 0 && j < row.length; j++) {
                gram[i][j] += row[i] * row[j];
            }
        }
    }

    /** By Gaussian elimination with full pivoting; null where the matrix is regular. */
    private static double[] nullVector(double[][] m) {
        int n = m.length;
        int[] column = new int[n];
        for (int i = 0; i < n; i++) {
            column[i] = i;
        }
        double largest = Arrays.stream(m).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
        for (int k = 0; k < n; k++) {
            int r = k;
            int c = k;
            for (int i = k; i < n; i++) {
                for (int j = k; j < n; j++) {
                    if (Math.abs(m[i][column[j]]) > Math.abs(m[r][column[c]])) {
                        r = i;
                        c = j;
                    }
                }
            }
            double[] swapped = m[k];
            m[k] = m[r];
            m[r] = swapped;
            int place = column[k];
            column[k] = column[c];
            column[c] = place;
            double pivot = m[k][column[k]];
            if (!(Math.abs(pivot) > FREE * largest)) {
                double[] x = new double[n];
                x[column[k]] = 1;
                for (int i = k - 1; i >= 0; i--) {
                    double sum = 0;
                    for (int j = i + 1; j <= k; j++) {
                        sum += m[i][column[j]] * x[column[j]];
                    }
                    x[column[i]] = -sum / m[i][column[i]];
                }
                return x;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = m[i][column[k]] / pivot;
                for (int j = k; j < n; j++) {
                    m[i][column[j]] -= factor * m[k][column[j]];
                }
            }
        }
        return null;
    }

    private static String describe(double[] mode, String[] names) {
        double largest = Arrays.stream(mode).map(Math::abs).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < mode.length; i++) {
            if (Math.abs(mode[i]) > 1e-6 * largest) {
                text.append(text.isEmpty() ? "" : " with ").append(names[i]);
            }
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }
}
