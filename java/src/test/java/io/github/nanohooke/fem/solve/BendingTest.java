// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.LinearLaw;
import io.github.nanohooke.fem.law.SaintVenantKirchhoffLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Force;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.model.Traction;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BendingTest {

    /** Plane stress, no Poisson effect at the clamp: w = F L^3 / 3 E I + F L / k G A, k = 5/6 (Timoshenko 1921). */
    @Test
    void cantileverFollowsBeamTheory() {
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {100, 10}, new int[] {40, 4});
        double e = 70;
        double force = 1e-4;
        Problem problem = Problem.of(mesh, Section.PLANE_STRESS).material(new LinearLaw(TestTensors.isotropic(e, 0)))
                .step(new Step("load", 1, clamp("left"), List.of(),
                        List.of(new Traction("right", 1, -force / 10)))).build();
        Increment end = new FemSolver().solve(problem).get(0);
        double inertia = 1000.0 / 12;
        double expected = force * 1e6 / (3 * e * inertia) + force * 100 / (5.0 / 6 * e / 2 * 10);
        assertThat(-end.displacement(mesh, "right", 1)).isCloseTo(expected, within(2e-4 * expected));
        assertThat(end.force(mesh, "left", 1)).isCloseTo(force, within(1e-8));
        assertThat(end.energy()).isCloseTo(0.5 * force * expected, within(1e-3 * force * expected));
    }

    /** A beam of H20 in three dimensions, by a force on its end nodes. */
    @Test
    void solidCantileverFollowsBeamTheory() {
        Mesh mesh = StructuredMesh.of(ElementType.H20, new double[] {50, 5, 4}, new int[] {10, 2, 1});
        double e = 70;
        Problem problem = Problem.of(mesh, Section.SOLID).points(2).material(new LinearLaw(TestTensors.isotropic(e, 0)))
                .step(new Step("load", 1, clamp3("left"), List.of(new Force("right", 1, -1e-3)), List.of())).build();
        Increment end = new FemSolver().solve(problem).get(0);
        double inertia = 4 * 125.0 / 12;
        double expected = 1e-3 * 125000 / (3 * e * inertia) + 1e-3 * 50 / (5.0 / 6 * e / 2 * 20);
        assertThat(-end.displacement(mesh, "right", 1)).isCloseTo(expected, within(2e-3 * expected));
    }

    /** Cook's membrane, E = 1, nu = 1/3, F = 1: the tip rises by 23.96 (Bergan and Felippa 1985: 23.90 to 23.97). */
    @Test
    void cooksMembrane() {
        Mesh square = StructuredMesh.of(ElementType.Q9, new double[] {48, 1}, new int[] {16, 16});
        double[] x = new double[2 * square.nodes()];
        for (int n = 0; n < square.nodes(); n++) {
            double s = square.coordinate(n, 0) / 48;
            double t = square.coordinate(n, 1);
            x[2 * n] = 48 * s;
            x[2 * n + 1] = 44 * s + t * (44 - 28 * s);
        }
        int[][] elements = new int[square.elements()][];
        for (int e = 0; e < elements.length; e++) {
            elements[e] = square.element(e);
        }
        Mesh mesh = new Mesh(2, x, Collections.nCopies(elements.length, ElementType.Q9), elements, square.nodeSets(),
                Map.of());
        Problem problem = Problem.of(mesh, Section.PLANE_STRESS)
                .material(new LinearLaw(TestTensors.isotropic(1, 1.0 / 3)))
                .step(new Step("load", 1, clamp("left"), List.of(),
                        List.of(new Traction("right", 1, 1.0 / 16)))).build();
        Increment end = new FemSolver().solve(problem).get(0);
        assertThat(end.displacement(mesh, "right-middle", 1)).isCloseTo(23.95, within(0.03));
        assertThat(end.force(mesh, "right", 1)).isCloseTo(1, within(1e-8));
    }

    /** Work of the supports along the path is the energy that the part keeps. */
    @Test
    void workBecomesEnergy() {
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {40, 10}, new int[] {8, 2});
        Problem problem = Problem.of(mesh, Section.PLANE_STRAIN)
                .material(new SaintVenantKirchhoffLaw(TestTensors.sixteenPores()))
                .step(Step.of("bend", 64, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 0, 0), new Displacement("right", 1, -8))).build();
        List<Increment> path = new FemSolver().solve(problem);
        double work = 0;
        double before = 0;
        for (Increment state : path) {
            double force = -state.force(mesh, "right", 1);
            work += 0.5 * (before + force) * 8 / 64;
            before = force;
        }
        double energy = path.get(63).energy();
        assertThat(work).isCloseTo(energy, within(3e-4 * energy));
    }

    private static List<Displacement> clamp(String set) {
        return List.of(new Displacement(set, 0, 0), new Displacement(set, 1, 0));
    }

    private static List<Displacement> clamp3(String set) {
        return List.of(new Displacement(set, 0, 0), new Displacement(set, 1, 0), new Displacement(set, 2, 0));
    }
}
