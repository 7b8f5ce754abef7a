// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Jacobian;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.Quadrature;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Region;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reference gradients, weights and materials of all integration points of a problem. */
final class IntegrationPoints {
    private final double[][] gradients;
    private final double[][] weights;
    private final MaterialLaw[][] laws;

    /** @throws FemException when an element has no volume at one of the problem's points */
    IntegrationPoints(Problem problem) {
        Mesh mesh = problem.mesh();
        int count = mesh.elements();
        gradients = new double[count][];
        weights = new double[count][];
        laws = new MaterialLaw[count][];
        Map<ElementType, List<Quadrature.Point>> rules = new EnumMap<>(ElementType.class);
        for (int e = 0; e < count; e++) {
            ElementType type = mesh.type(e);
            List<Quadrature.Point> rule = rules.computeIfAbsent(type, t -> t.rule(problem.points()));
            prepare(mesh, e, type, rule);
        }
        for (Region region : problem.regions()) {
            int[] members = region.elementSet() == null ? IntStream.range(0, count).toArray()
                    : mesh.elementSet(region.elementSet());
            for (int e : members) {
                laws[e] = new MaterialLaw[weights[e].length];
                for (int q = 0; q < laws[e].length; q++) {
                    laws[e][q] = region.material().at(e, q);
                }
            }
        }
    }

    private void prepare(Mesh mesh, int e, ElementType type, List<Quadrature.Point> rule) {
        int size = type.nodes() * type.dimension();
        double[] x = new double[size];
        double[] dN = new double[size];
        double[] dNdX = new double[size];
        mesh.gather(e, x);
        gradients[e] = new double[rule.size() * size];
        weights[e] = new double[rule.size()];
        for (int q = 0; q < rule.size(); q++) {
            type.derivatives(rule.get(q).xi(), dN);
            weights[e][q] = rule.get(q).weight() * Jacobian.gradients(type, x, dN, dNdX);
            // A mesh is checked at the points of each type's own rule; a problem may have others.
            if (!(weights[e][q] > 0)) {
                throw new FemException("element " + e + " (counted from 0), a " + type + ", near "
                        + Jacobian.centre(type, x) + " is inverted or flat at one of its " + rule.size()
                        + " integration points: mend its shape, or leave points at the element's default");
            }
            System.arraycopy(dNdX, 0, gradients[e], q * size, size);
        }
    }

    int count() {
        return weights.length;
    }

    int points(int element) {
        return weights[element].length;
    }

    /** dN_a/dX_i of point q at (q nodes + a) dimension + i. */
    double[] gradients(int element) {
        return gradients[element];
    }

    /** Deformation gradient of a point, row by row. */
    double[] gradient(Mesh mesh, int element, int point, double[] displacements) {
        int n = mesh.dimension();
        int[] nodes = mesh.element(element);
        double[] g = gradients[element];
        int base = point * nodes.length * n;
        double[] f = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = i == j ? 1 : 0;
                for (int a = 0; a < nodes.length; a++) {
                    sum += displacements[nodes[a] * n + i] * g[base + a * n + j];
                }
                f[n * i + j] = sum;
            }
        }
        return f;
    }

    /** Volumes (areas) of the points. */
    double[] weights(int element) {
        return weights[element];
    }

    MaterialLaw law(int element, int point) {
        return laws[element][point];
    }
}
