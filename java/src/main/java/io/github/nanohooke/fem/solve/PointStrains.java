// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.tensor.Voigt;

/** Green-Lagrange strains at the integration points of a state. */
public final class PointStrains {

    /** Sees one point after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A point.
         *
         * @param element counted from 0
         * @param point   of the element, counted from 0
         * @param strain  11 22 33 23 13 12 with engineering shear
         * @param volume  that the point stands for [nm^3, or nm^2 in the plane]
         */
        void visit(int element, int point, double[] strain, double volume);
    }

    private PointStrains() {
    }

    /** Visits all points of a state. */
    public static void visit(Problem problem, double[] displacements, Visitor visitor) {
        IntegrationPoints elements = new IntegrationPoints(problem);
        Mesh mesh = problem.mesh();
        for (int e = 0; e < elements.count(); e++) {
            for (int q = 0; q < elements.points(e); q++) {
                double[] f = elements.gradient(mesh, e, q, displacements);
                MaterialLaw law = elements.law(e, q);
                visitor.visit(e, q, strain(problem.section().whole(law, f)), elements.weights(e)[q]);
            }
        }
    }

    private static double[] strain(double[] f) {
        double[] strain = new double[6];
        int[][] pairs = Voigt.pairs();
        for (int k = 0; k < 6; k++) {
            int i = pairs[k][0];
            int j = pairs[k][1];
            double sum = f[i] * f[j] + f[3 + i] * f[3 + j] + f[6 + i] * f[6 + j];
            strain[k] = i == j ? 0.5 * (sum - 1) : sum;
        }
        return strain;
    }
}
