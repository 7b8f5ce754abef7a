// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.FaceLaw;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.model.Face;
import io.github.nanohooke.fem.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Line elements on the free faces of a plane section (Gurtin and Murdoch 1975, in reference coordinates): with t =
 * dx/dS along the undeformed edge, E the mean of (t . t - 1) / 2 over its length L and g_a = sum w t dN_a/dS, forces
 * are f_a = tau g_a and K_ab = tau' / L g_a g_b' + tau 1 sum w dN_a/dS dN_b/dS. They are added to the element behind
 * them, whose nodes theirs are among.
 *
 * <p>One strain an edge: the surface elasticity of a metal is mostly negative, and a face would give way to waves much
 * shorter than the period whose law it has.
 */
final class FaceElements {
    private static final int POINTS = 3;
    /** What an edge along x may rise by, as a share of its length: mesh files round. */
    private static final double SLOPE = 1e-3;

    /**
     * One edge: places of its nodes among those of its element, slopes dN/dS and lengths of its points, and their sum.
     */
    private record Edge(int[] places, double[][] slopes, double[] lengths, double length, FaceLaw law) {
    }

    private final Mesh mesh;
    private final List<List<Edge>> edges = new ArrayList<>();

    FaceElements(Problem problem) {
        mesh = problem.mesh();
        for (int e = 0; e < mesh.elements(); e++) {
            edges.add(List.of());
        }
        Map<List<Integer>, String> setOf = new HashMap<>();
        for (Face face : problem.faces()) {
            Set<Integer> members = Arrays.stream(mesh.nodeSet(face.nodeSet())).boxed().collect(Collectors.toSet());
            List<Loads.BoundaryFace> found = Loads.boundary(mesh, members);
            if (found.isEmpty()) {
                throw new FemException("the node set \"" + face.nodeSet() + "\" holds no whole edge of the boundary, "
                        + "so there is no face to be had");
            }
            for (Loads.BoundaryFace one : found) {
                requireAlong(one, face);
                String other = setOf.put(List.of(one.element(), one.nodes()[0], one.nodes()[1]), face.nodeSet());
                if (other != null) {
                    throw new FemException(named(one) + " has two laws of faces; the node sets \"" + other
                            + "\" and \"" + face.nodeSet() + "\" must not share it");
                }
                List<Edge> own = new ArrayList<>(edges.get(one.element()));
                own.add(edge(one, face.law()));
                edges.set(one.element(), List.copyOf(own));
            }
        }
    }

    private void requireAlong(Loads.BoundaryFace one, Face face) {
        int[] nodes = one.nodes();
        for (int node : nodes) {
            double rise = Math.abs(mesh.coordinate(node, 1) - mesh.coordinate(nodes[0], 1));
            if (face.law().isAlongX() && rise > SLOPE * length(one)) {
                throw new FemException(named(one) + " is not along x, as the faces of the law " + face.law().name()
                        + " are; leave a node of it out of the node set \"" + face.nodeSet() + "\"");
            }
        }
    }

    /** From end to end [nm]. */
    private double length(Loads.BoundaryFace one) {
        int[] nodes = one.nodes();
        return Math.hypot(mesh.coordinate(nodes[1], 0) - mesh.coordinate(nodes[0], 0),
                mesh.coordinate(nodes[1], 1) - mesh.coordinate(nodes[0], 1));
    }

    private String named(Loads.BoundaryFace one) {
        int[] nodes = one.nodes();
        return String.format(Locale.ROOT, "the edge from (%.4g, %.4g) to (%.4g, %.4g) nm", mesh.coordinate(nodes[0], 0),
                mesh.coordinate(nodes[0], 1), mesh.coordinate(nodes[1], 0), mesh.coordinate(nodes[1], 1));
    }

    private Edge edge(Loads.BoundaryFace face, FaceLaw law) {
        int[] nodes = face.nodes();
        List<Quadrature.Point> rule = Quadrature.gauss(1, POINTS);
        double[][] slopes = new double[rule.size()][nodes.length];
        double[] lengths = new double[rule.size()];
        for (int q = 0; q < rule.size(); q++) {
            Loads.line(nodes.length, rule.get(q).xi()[0], new double[nodes.length], slopes[q]);
            double stretch = Loads.stretch(mesh, nodes, new double[][] {slopes[q]});
            lengths[q] = rule.get(q).weight() * stretch;
            for (int a = 0; a < nodes.length; a++) {
                slopes[q][a] /= stretch;
            }
        }
        int[] all = mesh.element(face.element());
        int[] places = Arrays.stream(nodes).map(node -> {
            int place = 0;
            while (all[place] != node) {
                place++;
            }
            return place;
        }).toArray();
        return new Edge(places, slopes, lengths, Arrays.stream(lengths).sum(), law);
    }

    /** Energy of an element's faces. */
    double energy(int e, double[] displacements) {
        double sum = 0;
        for (Edge edge : edges.get(e)) {
            sum += edge.length() * law(edge, tangents(e, edge, displacements))[0];
        }
        return sum;
    }

    /**
     * Adds forces of an element's faces, and their stiffness.
     *
     * @param stiffness of the element, row by row; null: forces alone
     */
    void add(int e, double[] displacements, double[] force, double[] stiffness) {
        for (Edge edge : edges.get(e)) {
            double[][] t = tangents(e, edge, displacements);
            double[] law = law(edge, t);
            double[] g = new double[2 * edge.places().length];
            for (int q = 0; q < t.length; q++) {
                for (int r = 0; r < g.length; r++) {
                    g[r] += edge.lengths()[q] * t[q][r % 2] * edge.slopes()[q][r / 2];
                }
            }
            for (int r = 0; r < g.length; r++) {
                int row = 2 * edge.places()[r / 2] + r % 2;
                force[row] += law[1] * g[r];
                for (int c = 0; stiffness != null && c < g.length; c++) {
                    stiffness[row * force.length + 2 * edge.places()[c / 2] + c % 2] += law[2] / edge.length() * g[r]
                            * g[c] + (r % 2 == c % 2 ? law[1] * slopes(edge, r / 2, c / 2) : 0);
                }
            }
        }
    }

    private static double[] law(Edge edge, double[][] t) {
        double mean = 0;
        for (int q = 0; q < t.length; q++) {
            mean += edge.lengths()[q] * 0.5 * (t[q][0] * t[q][0] + t[q][1] * t[q][1] - 1);
        }
        return edge.law().at(mean / edge.length());
    }

    private static double slopes(Edge edge, int a, int b) {
        double sum = 0;
        for (int q = 0; q < edge.lengths().length; q++) {
            sum += edge.lengths()[q] * edge.slopes()[q][a] * edge.slopes()[q][b];
        }
        return sum;
    }

    /** dx/dS at each point. */
    private double[][] tangents(int e, Edge edge, double[] displacements) {
        int[] nodes = mesh.element(e);
        double[][] t = new double[edge.lengths().length][2];
        for (int q = 0; q < t.length; q++) {
            for (int a = 0; a < edge.places().length; a++) {
                int node = nodes[edge.places()[a]];
                for (int i = 0; i < 2; i++) {
                    t[q][i] += edge.slopes()[q][a] * (mesh.coordinate(node, i) + displacements[2 * node + i]);
                }
            }
        }
        return t;
    }
}
