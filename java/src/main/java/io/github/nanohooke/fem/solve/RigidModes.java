// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Finds what supports leave free: each connected piece of a mesh must be held against translations and rotations. */
final class RigidModes {
    private static final String[] PLANE = {"translation along x", "translation along y", "rotation about z"};
    private static final String[] SOLID = {"translation along x", "translation along y", "translation along z",
        "rotation about x", "rotation about y", "rotation about z"};
    private static final double FREE = 1e-9;

    private RigidModes() {
    }

    /** @throws FemException naming the mode that is free, of which piece */
    static void requireHeld(Mesh mesh, boolean[] fixed, List<int[]> ties) {
        int[] piece = pieces(mesh);
        int count = Arrays.stream(piece).max().orElse(0) + 1;
        String[] names = mesh.dimension() == 2 ? PLANE : SOLID;
        for (int p = 0; p < count; p++) {
            double[] free = freeMode(mesh, fixed, ties, piece, p);
            if (free != null) {
                throw new FemException("nothing holds " + (count == 1 ? "the part" : "one of the mesh's " + count
                        + " separate pieces (with node " + firstOf(piece, p) + ", counted from 0)") + " against "
                        + describe(free, names) + ": give displacements that do");
            }
        }
    }

    /** The piece of each node; pieces that ties join count as one. */
    private static int[] pieces(Mesh mesh) {
        List<List<Integer>> elementsOf = new ArrayList<>();
        for (int n = 0; n < mesh.nodes(); n++) {
            elementsOf.add(new ArrayList<>());
        }
        for (int e = 0; e < mesh.elements(); e++) {
            for (int node : mesh.element(e)) {
                elementsOf.get(node).add(e);
            }
        }
        int[] piece = new int[mesh.nodes()];
        Arrays.fill(piece, -1);
        boolean[] seen = new boolean[mesh.elements()];
        int count = 0;
        Deque<Integer> open = new ArrayDeque<>();
        for (int start = 0; start < mesh.nodes(); start++) {
            if (piece[start] >= 0) {
                continue;
            }
            piece[start] = count;
            open.push(start);
            while (!open.isEmpty()) {
                for (int e : elementsOf.get(open.pop())) {
                    if (seen[e]) {
                        continue;
                    }
                    seen[e] = true;
                    for (int node : mesh.element(e)) {
                        if (piece[node] < 0) {
                            piece[node] = count;
                            open.push(node);
                        }
                    }
                }
            }
            count++;
        }
        return piece;
    }

    /** Coefficients of a rigid mode that violates no support of the piece, or null. */
    private static double[] freeMode(Mesh mesh, boolean[] fixed, List<int[]> ties, int[] piece, int which) {
        int dimension = mesh.dimension();
        int modes = dimension == 2 ? 3 : 6;
        double[] centre = new double[dimension];
        double scale = 0;
        int count = 0;
        for (int n = 0; n < piece.length; n++) {
            if (piece[n] == which) {
                count++;
                for (int i = 0; i < dimension; i++) {
                    centre[i] += mesh.coordinate(n, i);
                }
            }
        }
        for (int i = 0; i < dimension; i++) {
            centre[i] /= count;
            double[] range = mesh.extent(i);
            scale = Math.max(scale, range[1] - range[0]);
        }
        double[][] gram = new double[modes][modes];
        for (int n = 0; n < piece.length; n++) {
            for (int i = 0; i < dimension && piece[n] == which; i++) {
                if (fixed[n * dimension + i]) {
                    addSquare(gram, row(mesh, n, i, centre, scale));
                }
            }
        }
        for (int[] tie : ties) {
            int base = tie[0] / dimension;
            for (int k = 1; k < tie.length; k++) {
                int node = tie[k] / dimension;
                if (piece[node] == which && piece[base] == which) {
                    double[] difference = row(mesh, node, tie[k] % dimension, centre, scale);
                    double[] other = row(mesh, base, tie[k] % dimension, centre, scale);
                    for (int m = 0; m < modes; m++) {
                        difference[m] -= other[m];
                    }
                    addSquare(gram, difference);
                }
            }
        }
        return nullVector(gram);
    }

    /** What each rigid mode moves a node along an axis; rotations by one radian over the part's size. */
    private static double[] row(Mesh mesh, int node, int axis, double[] centre, double scale) {
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
            for (int j = 0; j < row.length; j++) {
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

    private static int firstOf(int[] piece, int which) {
        int n = 0;
        while (piece[n] != which) {
            n++;
        }
        return n;
    }
}
