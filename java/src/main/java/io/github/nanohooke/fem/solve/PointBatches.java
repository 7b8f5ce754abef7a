// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.law.BatchedLaw;
import io.github.nanohooke.fem.law.PointBatch;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Points whose laws are best asked together. Before elements ask them one by one, all of them get the deformation
 * gradients of an iterate. In plane stress these depend on the law itself, which is then asked point by point.
 */
final class PointBatches {
    private final Mesh mesh;
    private final IntegrationPoints elements;
    private final Section section;
    private final Map<PointBatch, Members> batches = new IdentityHashMap<>();

    private static final class Members {
        private final List<BatchedLaw> laws = new ArrayList<>();
        private final List<int[]> points = new ArrayList<>();
    }

    PointBatches(Section section, Mesh mesh, IntegrationPoints elements) {
        this.section = section;
        this.mesh = mesh;
        this.elements = elements;
        if (section == Section.PLANE_STRESS) {
            return;
        }
        for (int e = 0; e < elements.count(); e++) {
            for (int q = 0; q < elements.points(e); q++) {
                if (elements.law(e, q) instanceof BatchedLaw law) {
                    Members members = batches.computeIfAbsent(law.batch(), b -> new Members());
                    members.laws.add(law);
                    members.points.add(new int[] {e, q});
                }
            }
        }
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Asks all of them at these displacements of the nodes. */
    void evaluate(double[] displacements) {
        batches.forEach((batch, members) -> {
            double[] f = new double[9 * members.laws.size()];
            for (int k = 0; k < members.points.size(); k++) {
                gradient(members.points.get(k)[0], members.points.get(k)[1], displacements, f, 9 * k);
            }
            batch.evaluate(members.laws, f);
        });
    }

    /** As elements sum it, to the bit. */
    private void gradient(int e, int q, double[] displacements, double[] f, int at) {
        int dimension = section.dimension();
        int[] nodes = mesh.element(e);
        double[] g = elements.gradients(e);
        int base = q * nodes.length * dimension;
        f[at + 8] = 1;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double sum = i == j ? 1 : 0;
                for (int b = 0; b < nodes.length; b++) {
                    sum += displacements[nodes[b] * dimension + i] * g[base + b * dimension + j];
                }
                f[at + 3 * i + j] = sum;
            }
        }
    }
}
