// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.model.Force;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodal forces of loads. */
final class Loads {
    /** A face of the boundary: its element and its nodes, corners first. */
    record BoundaryFace(int element, int[] nodes) {
    }

    private Loads() {
    }

    static void add(Mesh mesh, Force force, double[] to) {
        int[] nodes = mesh.nodeSet(force.nodeSet());
        for (int node : nodes) {
            to[node * mesh.dimension() + force.axis()] += force.total() / nodes.length;
        }
    }

    /**
     * Work-equivalent forces of a traction on the boundary faces within a set of nodes.
     *
     * @param traction one component an axis [GPa]
     */
    static void add(Mesh mesh, String nodeSet, double[] traction, double[] to) {
        Set<Integer> members = new HashSet<>();
        Arrays.stream(mesh.nodeSet(nodeSet)).forEach(members::add);
        List<BoundaryFace> faces = boundary(mesh, members);
        if (faces.isEmpty()) {
            throw new FemException("the node set \"" + nodeSet + "\" holds no whole face of the boundary, "
                    + "so a traction has nothing to act on");
        }
        for (BoundaryFace face : faces) {
            addFace(mesh, face.nodes(), traction, to);
        }
    }

    /** Faces of one element only, all of whose nodes are members; no edges without a length, whose ends are one. */
    static List<BoundaryFace> boundary(Mesh mesh, Set<Integer> members) {
        Map<String, BoundaryFace> once = new LinkedHashMap<>();
        for (int e = 0; e < mesh.elements(); e++) {
            int[] nodes = mesh.element(e);
            for (int[] local : mesh.type(e).faces()) {
                int[] face = Arrays.stream(local).map(a -> nodes[a]).toArray();
                if (Arrays.stream(face).allMatch(members::contains) && !isPoint(mesh, face)) {
                    String key = Arrays.toString(Arrays.stream(face).sorted().toArray());
                    if (once.containsKey(key)) {
                        once.put(key, null);
                    } else {
                        once.put(key, new BoundaryFace(e, face));
                    }
                }
            }
        }
        List<BoundaryFace> faces = new ArrayList<>();
        once.values().stream().filter(f -> f != null).forEach(faces::add);
        return faces;
    }

    private static boolean isPoint(Mesh mesh, int[] face) {
        return mesh.dimension() == 2 && mesh.coordinate(face[0], 0) == mesh.coordinate(face[1], 0)
                && mesh.coordinate(face[0], 1) == mesh.coordinate(face[1], 1);
    }

    private static void addFace(Mesh mesh, int[] face, double[] vector, double[] to) {
        int dimension = mesh.dimension();
        for (Quadrature.Point point : Quadrature.gauss(dimension - 1, 3)) {
            double[] n = new double[face.length];
            double[][] slopes = new double[dimension - 1][face.length];
            if (dimension == 2) {
                line(face.length, point.xi()[0], n, slopes[0]);
            } else {
                ElementType type = face.length == 4 ? ElementType.Q4 : ElementType.Q8;
                n = type.values(point.xi());
                double[] dN = new double[2 * face.length];
                type.derivatives(point.xi(), dN);
                for (int a = 0; a < face.length; a++) {
                    slopes[0][a] = dN[2 * a];
                    slopes[1][a] = dN[2 * a + 1];
                }
            }
            double area = point.weight() * stretch(mesh, face, slopes);
            for (int a = 0; a < face.length; a++) {
                for (int i = 0; i < dimension; i++) {
                    to[face[a] * dimension + i] += area * n[a] * vector[i];
                }
            }
        }
    }

    /** Shape functions of an edge: its ends, then its middle. */
    static void line(int nodes, double x, double[] n, double[] slope) {
        if (nodes == 2) {
            n[0] = 0.5 * (1 - x);
            n[1] = 0.5 * (1 + x);
            slope[0] = -0.5;
            slope[1] = 0.5;
        } else {
            n[0] = 0.5 * x * (x - 1);
            n[1] = 0.5 * x * (x + 1);
            n[2] = 1 - x * x;
            slope[0] = x - 0.5;
            slope[1] = x + 0.5;
            slope[2] = -2 * x;
        }
    }

    /** Length or area of the face per natural one. */
    static double stretch(Mesh mesh, int[] face, double[][] slopes) {
        double[][] tangents = new double[slopes.length][3];
        for (int k = 0; k < slopes.length; k++) {
            for (int a = 0; a < face.length; a++) {
                for (int i = 0; i < mesh.dimension(); i++) {
                    tangents[k][i] += slopes[k][a] * mesh.coordinate(face[a], i);
                }
            }
        }
        double[] t = tangents[0];
        if (slopes.length == 1) {
            return Math.hypot(t[0], t[1]);
        }
        double[] s = tangents[1];
        double x = t[1] * s[2] - t[2] * s[1];
        double y = t[2] * s[0] - t[0] * s[2];
        double z = t[0] * s[1] - t[1] * s[0];
        return Math.sqrt(x * x + y * y + z * z);
    }
}
