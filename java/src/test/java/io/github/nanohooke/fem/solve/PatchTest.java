// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.HenckyLaw;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.SaintVenantKirchhoffLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Distorted meshes whose boundary follows an affine map: the inside must follow it too (Irons and Razzaque 1972). */
class PatchTest {
    private static final double[] PLANE = {1.03, 0.08, -0.05, 0.97};
    private static final double[] SOLID = {1.03, 0.08, 0.02, -0.05, 0.97, 0.04, 0.01, -0.03, 1.02};

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void affineBoundaryGivesAnAffineInside(ElementType type) {
        boolean plane = type.dimension() == 2;
        double[] f = plane ? PLANE : SOLID;
        Section section = plane ? Section.PLANE_STRAIN : Section.SOLID;
        for (int points = type.fewestPoints(); points <= 3; points++) {
            MaterialLaw law = new SaintVenantKirchhoffLaw(TestTensors.triclinic(1));
            Problem problem = problem(distorted(type), section, law, f, points);
            Increment end = last(problem);
            double volume = plane ? 6 : 24;
            assertThat(end.energy()).isCloseTo(volume * section.energy(law, f), within(1e-9 * volume * 100));
            requireAffine(problem.mesh(), f, end.displacements(), 1e-9);
        }
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aRotatedBoundaryLeavesNoStress(ElementType type) {
        boolean plane = type.dimension() == 2;
        double c = Math.cos(0.7);
        double s = Math.sin(0.7);
        double[] f = plane ? new double[] {c, -s, s, c} : new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
        Problem problem = problem(distorted(type), plane ? Section.PLANE_STRAIN : Section.SOLID,
                new HenckyLaw(TestTensors.triclinic(2)), f, 0);
        Increment end = last(problem);
        assertThat(end.energy()).isCloseTo(0, within(1e-12));
        for (double force : end.forces()) {
            assertThat(force).isCloseTo(0, within(1e-6));
        }
    }

    /** Moved or turned as a whole by one side alone: equilibrium without any force to measure the rest by. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, -40", "1e5, 3", "1e-14, 0", "0.7, 1", "2.5, 1e-3"})
    void aRigidMotionIsFound(double angleOrWay, double way) {
        boolean turned = angleOrWay == 0.7 || angleOrWay == 2.5;
        double c = turned ? Math.cos(angleOrWay) : 1;
        double s = turned ? Math.sin(angleOrWay) : 0;
        for (ElementType type : List.of(ElementType.Q9, ElementType.H20)) {
            Mesh mesh = distorted(type);
            int n = mesh.dimension();
            double[] f = n == 2 ? new double[] {c, -s, s, c} : new double[] {c, -s, 0, s, c, 0, 0, 0, 1};
            Map<String, int[]> sets = new LinkedHashMap<>();
            List<Displacement> given = new ArrayList<>();
            for (int node : mesh.nodeSet("left")) {
                sets.put("n" + node, new int[] {node});
                for (int i = 0; i < n; i++) {
                    given.add(new Displacement("n" + node, i,
                            affine(mesh, node, i, f) + (i == 0 && !turned ? angleOrWay : i == 1 ? way : 0)));
                }
            }
            Problem problem = Problem.of(named(mesh, sets), n == 2 ? Section.PLANE_STRAIN : Section.SOLID)
                    .material(new SaintVenantKirchhoffLaw(TestTensors.triclinic(3)))
                    .step(new Step("move", 7, given, List.of(), List.of())).build();
            List<Increment> all = new FemSolver().solve(problem);
            assertThat(all).hasSize(7);
            double size = 1 + Math.abs(angleOrWay) + Math.abs(way);
            // Between its ends a turn that is led along a straight line strains; at its end it does not.
            for (Increment state : turned ? all.subList(6, 7) : all) {
                assertThat(state.energy()).isCloseTo(0, within(1e-14 * size));
                for (double force : state.forces()) {
                    assertThat(force).isCloseTo(0, within(1e-10 * size));
                }
            }
            assertThat(all.get(6).displacement(mesh, "right", 1) - way)
                    .isCloseTo(meanWay(mesh, f), within(1e-10 * size));
        }
    }

    private static double meanWay(Mesh mesh, double[] f) {
        return java.util.Arrays.stream(mesh.nodeSet("right")).mapToDouble(node -> affine(mesh, node, 1, f)).average()
                .orElseThrow();
    }

    private static Increment last(Problem problem) {
        List<Increment> all = new FemSolver().solve(problem);
        return all.get(all.size() - 1);
    }

    /** Every node of the boundary in a set of its own, led along the map. */
    private static Problem problem(Mesh mesh, Section section, MaterialLaw law, double[] f, int points) {
        int n = mesh.dimension();
        Map<String, int[]> sets = new LinkedHashMap<>();
        List<Displacement> given = new ArrayList<>();
        mesh.nodeSets().values().stream().flatMapToInt(java.util.Arrays::stream).distinct().sorted().forEach(node -> {
            sets.put("n" + node, new int[] {node});
            for (int i = 0; i < n; i++) {
                given.add(new Displacement("n" + node, i, affine(mesh, node, i, f)));
            }
        });
        return Problem.of(named(mesh, sets), section).points(points).material(law)
                .step(new Step("map", 5, given, List.of(), List.of())).build();
    }

    /** The mesh with other sets of nodes. */
    private static Mesh named(Mesh mesh, Map<String, int[]> sets) {
        int n = mesh.dimension();
        double[] x = new double[mesh.nodes() * n];
        int[][] elements = new int[mesh.elements()][];
        for (int k = 0; k < x.length; k++) {
            x[k] = mesh.coordinate(k / n, k % n);
        }
        for (int e = 0; e < elements.length; e++) {
            elements[e] = mesh.element(e);
        }
        return new Mesh(n, x, Collections.nCopies(elements.length, mesh.type(0)), elements, sets, Map.of());
    }

    private static double affine(Mesh mesh, int node, int i, double[] f) {
        int n = mesh.dimension();
        double sum = -mesh.coordinate(node, i);
        for (int j = 0; j < n; j++) {
            sum += f[n * i + j] * mesh.coordinate(node, j);
        }
        return sum;
    }

    private static void requireAffine(Mesh mesh, double[] f, double[] u, double tolerance) {
        for (int node = 0; node < mesh.nodes(); node++) {
            for (int i = 0; i < mesh.dimension(); i++) {
                assertThat(u[node * mesh.dimension() + i]).isCloseTo(affine(mesh, node, i, f), within(tolerance));
            }
        }
    }

    /** 3 x 2 (x 4) nm with its inner corners moved; edges stay straight, midpoints in their middle. */
    private static Mesh distorted(ElementType type) {
        int n = type.dimension();
        double[] size = n == 2 ? new double[] {3, 2} : new double[] {3, 2, 4};
        int[] counts = n == 2 ? new int[] {3, 3} : new int[] {2, 2, 2};
        Mesh even = StructuredMesh.of(type, size, counts);
        double[] x = new double[even.nodes() * n];
        int[][] elements = new int[even.elements()][];
        double[] wave = {0.15, -0.12, 0.2};
        for (int node = 0; node < even.nodes(); node++) {
            double bump = 1;
            for (int i = 0; i < n; i++) {
                bump *= Math.sin(Math.PI * even.coordinate(node, i) / size[i]);
            }
            for (int i = 0; i < n; i++) {
                x[node * n + i] = even.coordinate(node, i) + (Math.abs(bump) < 1e-9 ? 0 : wave[i] * bump);
            }
        }
        for (int e = 0; e < elements.length; e++) {
            elements[e] = even.element(e);
            int corners = n == 2 ? 4 : 8;
            for (int a = corners; a < elements[e].length; a++) {
                middle(type, a, elements[e], x);
            }
        }
        return new Mesh(n, x, Collections.nCopies(elements.length, type), elements, even.nodeSets(), Map.of());
    }

    /** The mean of the corners whose natural coordinates agree with the node's where those are not zero. */
    private static void middle(ElementType type, int a, int[] nodes, double[] x) {
        int n = type.dimension();
        int[] own = type.natural(a);
        double[] sum = new double[n];
        int count = 0;
        for (int c = 0; c < (n == 2 ? 4 : 8); c++) {
            int[] corner = type.natural(c);
            boolean near = true;
            for (int i = 0; i < n; i++) {
                near &= own[i] == 0 || own[i] == corner[i];
            }
            if (near) {
                count++;
                for (int i = 0; i < n; i++) {
                    sum[i] += x[nodes[c] * n + i];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            x[nodes[a] * n + i] = sum[i] / count;
        }
    }
}
