// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is seen of a deformed mesh along z, which is upwards out of the page. */
final class SeenFaces {
    private static final int CORNERS = 4;
    /** A face is seen from the side where its normal's part along z is no larger than this. */
    private static final double EDGE_ON = 1e-9;

    /**
     * A plane element, or a face of a solid one.
     *
     * @param type  of plane elements that have such nodes
     * @param nodes of the mesh
     * @param depth mean z of the corners [nm]; 0 in a plane mesh
     */
    record Face(ElementType type, int[] nodes, double depth) {
    }

    private SeenFaces() {
    }

    /** All plane elements; of solid ones the faces on the body's surface that look upwards, the lowest first. */
    static List<Face> of(Mesh mesh, double[] displacements) {
        List<Face> seen = new ArrayList<>();
        if (mesh.dimension() == 2) {
            for (int e = 0; e < mesh.elements(); e++) {
                seen.add(new Face(mesh.type(e), mesh.element(e), 0));
            }
            return seen;
        }
        for (int[] nodes : surface(mesh)) {
            double[][] corners = new double[CORNERS][3];
            for (int a = 0; a < CORNERS; a++) {
                for (int i = 0; i < 3; i++) {
                    corners[a][i] = mesh.coordinate(nodes[a], i) + displacements[3 * nodes[a] + i];
                }
            }
            if (looksUp(corners)) {
                double depth = Arrays.stream(corners).mapToDouble(corner -> corner[2]).average().orElseThrow();
                seen.add(new Face(nodes.length == CORNERS ? ElementType.Q4 : ElementType.Q8, nodes, depth));
            }
        }
        seen.sort(Comparator.comparingDouble(Face::depth));
        return seen;
    }

    /** The faces of solid elements that belong to one of them alone. */
    private static Iterable<int[]> surface(Mesh mesh) {
        Map<List<Integer>, int[]> surface = new LinkedHashMap<>();
        for (int e = 0; e < mesh.elements(); e++) {
            int[] element = mesh.element(e);
            for (int[] face : mesh.type(e).faces()) {
                int[] nodes = Arrays.stream(face).map(a -> element[a]).toArray();
                List<Integer> corners = Arrays.stream(nodes).limit(CORNERS).sorted().boxed().toList();
                if (surface.remove(corners) == null) {
                    surface.put(corners, nodes);
                }
            }
        }
        return surface.values();
    }

    /** By the product of the diagonals: corners go around a face counterclockwise, seen from outside. */
    private static boolean looksUp(double[][] corners) {
        double[] a = new double[3];
        double[] b = new double[3];
        for (int i = 0; i < 3; i++) {
            a[i] = corners[2][i] - corners[0][i];
            b[i] = corners[3][i] - corners[1][i];
        }
        double x = a[1] * b[2] - a[2] * b[1];
        double y = a[2] * b[0] - a[0] * b[2];
        double z = a[0] * b[1] - a[1] * b[0];
        return z > EDGE_ON * Math.sqrt(x * x + y * y + z * z);
    }
}
