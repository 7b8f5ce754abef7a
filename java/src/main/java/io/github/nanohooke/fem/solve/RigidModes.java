// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what supports and ties leave free: each connected piece of a mesh must be held against translations and
 * rotations, by displacements that are given or by pieces that it is tied to. Pieces that only hold each other
 * are judged together, each with rigid modes of its own.
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
    /** By piece, each tie once. */
    private final List<List<int[]>> tiesOf = new ArrayList<>();
    private final double[][] centres;
    /** Pieces that are known to be. */
    private final boolean[] held;
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
        held = new boolean[pieces.count()];
        centres = new double[pieces.count()][];
        for (int piece = 0; piece < centres.length; piece++) {
            centres[piece] = centre(pieces.nodes(piece));
            tiesOf.add(new ArrayList<>());
        }
        for (int[] tie : ties) {
            Arrays.stream(tie).map(this::pieceOf).distinct().forEach(piece -> tiesOf.get(piece).add(tie));
        }
    }

    /** @throws FemException naming the mode that is free, of which piece */
    static void requireHeld(Mesh mesh, boolean[] fixed, List<int[]> ties) {
        RigidModes modes = new RigidModes(mesh, fixed, ties);
        modes.pieces.joined().forEach(modes::requireHeld);
    }

    /**
     * Pieces that are held by themselves, or by ties to others that are, are settled one by one; what is left may hold
     * together, and is judged together.
     */
    private void requireHeld(int[] joined) {
        List<Integer> open = new ArrayList<>(Arrays.stream(joined).boxed().toList());
        for (boolean more = true; more;) {
            more = open.removeIf(this::settles); // each of which may hold others
        }
        if (!open.isEmpty()) {
            int[] some = open.stream().mapToInt(Integer::intValue).toArray();
            double[] free = freeMode(some, ties);
            if (free != null) {
                refuse(some, free);
            }
        }
    }

    private boolean settles(int piece) {
        held[piece] = freeMode(new int[] {piece}, tiesOf.get(piece)) == null;
        return held[piece];
    }

    private void refuse(int[] some, double[] free) {
        int most = 0;
        for (int k = 0; k < free.length; k++) {
            most = Math.abs(free[k]) > Math.abs(free[most]) ? k : most;
        }
        int at = most / names.length;
        double[] mode = Arrays.copyOfRange(free, at * names.length, (at + 1) * names.length);
        throw new FemException("nothing holds " + (pieces.count() == 1 ? "the part" : "one of the mesh's "
                + pieces.count() + " separate pieces (with node " + pieces.nodes(some[at])[0] + ", counted from 0)")
                + " against " + describe(mode, names) + ": give displacements that do");
    }

    /**
     * Coefficients of rigid modes, those of each piece in turn, that violate no support and no tie; or null.
     *
     * @param some  pieces; others that are held stay where they are, the rest holds nothing
     * @param bound ties that may have nodes of them
     */
    private double[] freeMode(int[] some, List<int[]> bound) {
        int dimension = mesh.dimension();
        Map<Integer, Integer> first = new HashMap<>(); // places of the pieces' modes
        for (int k = 0; k < some.length; k++) {
            first.put(some[k], k * names.length);
        }
        double[][] gram = new double[some.length * names.length][some.length * names.length];
        for (int piece : some) {
            for (int node : pieces.nodes(piece)) {
                for (int dof = node * dimension; dof < (node + 1) * dimension; dof++) {
                    if (fixed[dof]) {
                        addSquare(gram, moved(dof, first, gram.length));
                    }
                }
            }
        }
        for (int[] tie : bound) {
            int[] own = Arrays.stream(tie).filter(dof -> first.containsKey(pieceOf(dof))).toArray();
            boolean still = Arrays.stream(tie).anyMatch(dof -> fixed[dof] || held[pieceOf(dof)]);
            for (int k = still ? 0 : 1; k < own.length; k++) {
                double[] row = moved(own[k], first, gram.length);
                if (!still) {
                    double[] base = moved(own[0], first, gram.length);
                    for (int m = 0; m < row.length; m++) {
                        row[m] -= base[m];
                    }
                }
                addSquare(gram, row);
            }
        }
        return nullVector(gram);
    }

    private int pieceOf(int dof) {
        return pieces.of(dof / mesh.dimension());
    }

    /** What each mode of some pieces moves a displacement by. */
    private double[] moved(int dof, Map<Integer, Integer> first, int modes) {
        int piece = pieceOf(dof);
        double[] row = row(dof / mesh.dimension(), dof % mesh.dimension(), centres[piece]);
        double[] all = new double[modes];
        System.arraycopy(row, 0, all, first.get(piece), row.length);
        return all;
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
