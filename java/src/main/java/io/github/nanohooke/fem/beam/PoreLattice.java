// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.law.LinearLaw;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.model.Tie;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The elastic tensor of a square lattice of square pores as a continuum sees it, whatever the pores' size: a quarter of
 * the cell, whose mirror planes stay planes under normal strains and move rigidly within themselves under shear, one
 * layer of twenty-node bricks thick. Exact but for the mesh, for a solid whose cube axes are the lattice's.
 */
final class PoreLattice {
    /** Bricks along a quarter cell's edge for each that the pore takes. */
    private static final int REFINEMENT = 4;
    private static final double STRAIN = 1e-3;

    private final Mesh mesh;
    private final double edge;
    private final double thickness;
    private final MaterialLaw law;

    private PoreLattice(ElasticTensor solid, int porePart) {
        int n = REFINEMENT * porePart;
        edge = n;
        thickness = 1;
        law = new LinearLaw(solid);
        mesh = quarter(n, REFINEMENT);
    }

    /**
     * The effective tensor [GPa].
     *
     * @param solid    cubic tensor of the solid, its axes along the lattice [GPa]
     * @param porePart the pitch of the lattice over the pore's side, at least 2
     */
    public static ElasticTensor effective(ElasticTensor solid, int porePart) {
        PoreLattice cell = new PoreLattice(solid, porePart);
        double c11 = cell.normal(1, 0, 0);
        double c33 = cell.normal(0, 0, 1);
        double c12 = 0.5 * (cell.normal(1, 1, 0) - 2 * c11);
        double c13 = 0.5 * (cell.normal(1, 0, 1) - c11 - c33);
        double c44 = cell.antiplane();
        double[][] c = new double[6][6];
        c[0] = new double[] {c11, c12, c13, 0, 0, 0};
        c[1] = new double[] {c12, c11, c13, 0, 0, 0};
        c[2] = new double[] {c13, c13, c33, 0, 0, 0};
        c[3][3] = c44;
        c[4][4] = c44;
        c[5][5] = cell.inPlaneShear();
        return ElasticTensor.of(c);
    }

    /** Twice the energy per volume and strain squared. */
    private double normal(double x, double y, double z) {
        List<Displacement> given = List.of(new Displacement("left", 0, 0), new Displacement("bottom", 1, 0),
                new Displacement("back", 2, 0), new Displacement("right", 0, x * STRAIN * edge),
                new Displacement("top", 1, y * STRAIN * edge), new Displacement("front", 2, z * STRAIN * thickness));
        return modulus(given, List.of());
    }

    /** Half the angle from either pair of sides. */
    private double inPlaneShear() {
        double half = 0.5 * STRAIN * edge;
        return modulus(List.of(new Displacement("left", 1, 0), new Displacement("bottom", 0, 0),
                new Displacement("right", 1, half), new Displacement("top", 0, half),
                new Displacement("back", 2, 0), new Displacement("front", 2, 0)), List.of());
    }

    /** u_z alone, the same through the thickness; it grows along x, and the mirror planes along x are planes of u_z. */
    private double antiplane() {
        List<Displacement> given = List.of(new Displacement("all", 0, 0), new Displacement("all", 1, 0),
                new Displacement("left", 2, 0), new Displacement("right", 2, STRAIN * edge));
        List<Tie> ties = mesh.nodeSets().keySet().stream().filter(s -> s.startsWith("column-"))
                .map(s -> new Tie(s, 2)).toList();
        return modulus(given, ties);
    }

    private double modulus(List<Displacement> given, List<Tie> ties) {
        Problem.Builder problem = Problem.of(mesh, Section.SOLID).points(2).material(law);
        ties.forEach(tie -> problem.tie(tie.nodeSet(), tie.axis()));
        problem.step(new Step("strain", 1, given, List.of(), List.of()));
        Increment state = new FemSolver().solve(problem.build()).get(0);
        return 2 * state.energy() / (edge * edge * thickness * STRAIN * STRAIN);
    }

    /** n x n bricks but for {@code hole} x {@code hole} of the corner at the origin, half the pore's side. */
    private static Mesh quarter(int n, int hole) {
        Mesh whole = StructuredMesh.of(ElementType.H20, new double[] {n, n, 1}, new int[] {n, n, 1});
        List<int[]> kept = new ArrayList<>();
        Map<Integer, Integer> number = new HashMap<>();
        for (int e = 0; e < whole.elements(); e++) {
            int[] nodes = whole.element(e);
            if (whole.coordinate(nodes[0], 0) >= hole || whole.coordinate(nodes[0], 1) >= hole) {
                kept.add(Arrays.stream(nodes).map(node -> number.computeIfAbsent(node, k -> number.size())).toArray());
            }
        }
        double[] x = new double[3 * number.size()];
        Map<String, List<Integer>> sets = new LinkedHashMap<>();
        number.forEach((old, node) -> {
            for (int i = 0; i < 3; i++) {
                x[3 * node + i] = whole.coordinate(old, i);
            }
        });
        for (int node = 0; node < number.size(); node++) {
            add(sets, "all", node);
            add(sets, x[3 * node] == 0 ? "left" : x[3 * node] == n ? "right" : null, node);
            add(sets, x[3 * node + 1] == 0 ? "bottom" : x[3 * node + 1] == n ? "top" : null, node);
            add(sets, x[3 * node + 2] == 0 ? "back" : x[3 * node + 2] == 1 ? "front" : null, node);
            boolean free = x[3 * node] > 0 && x[3 * node] < n;
            add(sets, free ? "column-" + x[3 * node] + "-" + x[3 * node + 1] : null, node);
        }
        Map<String, int[]> arrays = new LinkedHashMap<>();
        sets.forEach((name, list) -> arrays.put(name, list.stream().mapToInt(Integer::intValue).toArray()));
        return new Mesh(3, x, Collections.nCopies(kept.size(), ElementType.H20), kept.toArray(int[][]::new), arrays,
                Map.of());
    }

    private static void add(Map<String, List<Integer>> sets, String name, int node) {
        if (name != null) {
            sets.computeIfAbsent(name, s -> new ArrayList<>()).add(node);
        }
    }
}
