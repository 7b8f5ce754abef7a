// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.LinearLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Jacobian;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A solution that is known: the gradient of a harmonic function is in equilibrium in any isotropic body without loads.
 * Its values on the boundary are given; the error inside, in L2, falls with the power degree + 1 of the element's size.
 */
class ConvergenceOrderTest {

    @ParameterizedTest
    @CsvSource({"Q4, 8, 2", "Q8, 4, 3", "Q9, 4, 3", "H8, 4, 2", "H20, 2, 3"})
    void errorsFallAsTheory(ElementType type, int elements, double order) {
        double coarse = error(type, elements);
        double fine = error(type, 2 * elements);
        assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(order, within(0.25));
    }

    private static double error(ElementType type, int elements) {
        int n = type.dimension();
        double[] size = new double[n];
        int[] counts = new int[n];
        Arrays.fill(size, 1);
        Arrays.fill(counts, elements);
        Mesh even = StructuredMesh.of(type, size, counts);
        Map<String, int[]> sets = new LinkedHashMap<>();
        List<Displacement> given = new ArrayList<>();
        even.nodeSets().values().stream().flatMapToInt(Arrays::stream).distinct().forEach(node -> {
            sets.put("n" + node, new int[] {node});
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = even.coordinate(node, i);
            }
            double[] u = exact(x);
            for (int i = 0; i < n; i++) {
                given.add(new Displacement("n" + node, i, u[i]));
            }
        });
        double[] x = new double[even.nodes() * n];
        int[][] all = new int[even.elements()][];
        for (int k = 0; k < x.length; k++) {
            x[k] = even.coordinate(k / n, k % n);
        }
        for (int e = 0; e < all.length; e++) {
            all[e] = even.element(e);
        }
        Mesh mesh = new Mesh(n, x, Collections.nCopies(all.length, type), all, sets, Map.of());
        Problem problem = Problem.of(mesh, n == 2 ? Section.PLANE_STRAIN : Section.SOLID)
                .material(new LinearLaw(TestTensors.isotropic(70, 0.3)))
                .step(new Step("s", 1, given, List.of(), List.of())).build();
        return distance(mesh, new FemSolver().solve(problem).get(0).displacements());
    }

    /** grad of exp(k x) cos(y) ..., k^2 the number of cosines. */
    private static double[] exact(double[] x) {
        double k = x.length == 2 ? 1 : Math.sqrt(2);
        double z = x.length == 2 ? 1 : Math.cos(x[2]);
        double e = Math.exp(k * x[0]);
        double[] u = new double[x.length];
        u[0] = k * e * Math.cos(x[1]) * z;
        u[1] = -e * Math.sin(x[1]) * z;
        if (x.length == 3) {
            u[2] = -e * Math.cos(x[1]) * Math.sin(x[2]);
        }
        return u;
    }

    private static double distance(Mesh mesh, double[] u) {
        int n = mesh.dimension();
        double sum = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            ElementType type = mesh.type(e);
            double[] nodes = new double[type.nodes() * n];
            double[] dN = new double[nodes.length];
            mesh.gather(e, nodes);
            for (Quadrature.Point point : Quadrature.gauss(n, 3)) {
                double[] values = type.values(point.xi());
                type.derivatives(point.xi(), dN);
                double[] place = new double[n];
                double[] found = new double[n];
                for (int a = 0; a < values.length; a++) {
                    for (int i = 0; i < n; i++) {
                        place[i] += values[a] * nodes[a * n + i];
                        found[i] += values[a] * u[mesh.element(e)[a] * n + i];
                    }
                }
                double[] exact = exact(place);
                double volume = point.weight() * Jacobian.determinant(n, Jacobian.of(type, nodes, dN));
                for (int i = 0; i < n; i++) {
                    sum += volume * Math.pow(found[i] - exact[i], 2);
                }
            }
        }
        return Math.sqrt(sum);
    }
}
