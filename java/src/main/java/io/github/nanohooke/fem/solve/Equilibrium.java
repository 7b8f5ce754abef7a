// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import java.util.Arrays;

/**
 * The equations of one step: forces and stiffness of the mesh, and a factorisation that is analysed once. Newton's
 * method on them is {@link Newton}.
 */
final class Equilibrium implements AutoCloseable {
    /** Errors of some additions and products, each of half the distance of two numbers. */
    private static final double ROUNDING = 16 * Math.ulp(1.0);

    private final Mesh mesh;
    private final IntegrationPoints elements;
    private final ElementKernel kernel;
    private final PointBatches batches;
    private final FaceElements faces;
    private final DofMap map;
    private final StiffnessMatrix matrix;
    private final SparseSolver solver;
    private final double[] internal;
    private final double[] coupling;
    private final double elementSize;
    private int negativePivots;

    Equilibrium(Problem problem, IntegrationPoints elements, StepBoundary boundary, SparseSolver.Factory factory) {
        mesh = problem.mesh();
        this.elements = elements;
        kernel = new ElementKernel(problem.section(), mesh, elements);
        batches = new PointBatches(problem.section(), mesh, elements);
        faces = new FaceElements(problem);
        map = new DofMap(mesh, boundary.fixed(), boundary.ties());
        elementSize = largestElement(mesh);
        internal = new double[map.displacements()];
        coupling = new double[map.displacements()];
        matrix = map.blocks() > 0 ? new StiffnessMatrix(mesh, map) : null;
        solver = map.blocks() > 0 ? matrix.analyse(factory) : null;
    }

    DofMap map() {
        return map;
    }

    /** Whether the material's answers cost more than a factorisation. */
    boolean hasCostlyPoints() {
        return !batches.isEmpty();
    }

    int negativePivots() {
        return negativePivots;
    }

    long factorEntries() {
        return solver == null ? 0 : solver.factorEntries();
    }

    /** Forces that the material exerts on the nodes' holders; kept until the next call of this or of the next. */
    double[] forces(double[] u) {
        batches.evaluate(u);
        Arrays.fill(internal, 0);
        for (int e = 0; e < elements.count(); e++) {
            kernel.forces(e, u);
            faces.add(e, u, kernel.force(), null);
            scatter(e, kernel.force(), internal);
        }
        return internal;
    }

    /**
     * Assembles and factorises the stiffness.
     *
     * @param u     displacements
     * @param given changes of the displacements that are given, zeros elsewhere; null for none
     * @return K times {@code given}, over all displacements, or zeros
     */
    double[] factorise(double[] u, double[] given) {
        batches.evaluate(u);
        Arrays.fill(internal, 0);
        Arrays.fill(coupling, 0);
        if (matrix != null) {
            matrix.clear();
        }
        double[] product = new double[0];
        for (int e = 0; e < elements.count(); e++) {
            kernel.stiffness(e, u);
            double[] stiffness = kernel.stiffness();
            faces.add(e, u, kernel.force(), stiffness);
            scatter(e, kernel.force(), internal);
            if (matrix != null) {
                matrix.add(e, stiffness);
            }
            if (given != null) {
                int n = kernel.force().length;
                product = product.length == n ? product : new double[n];
                if (times(e, stiffness, given, product)) {
                    scatter(e, product, coupling);
                }
            }
        }
        if (matrix != null) {
            matrix.finish();
            negativePivots = solver.factorise(matrix.values());
        }
        return coupling;
    }

    /** Internal forces of the last {@link #factorise} or {@link #forces}. */
    double[] internal() {
        return internal;
    }

    void solve(double[] b) {
        if (solver != null) {
            solver.solve(b);
        }
    }

    /**
     * Forces below this are rounding: those that the last digits of coordinates and displacements make on the stiffness
     * of the last {@link #factorise}. 0 where nothing is free to move.
     */
    double rounding(double[] u) {
        double most = elementSize;
        for (double value : u) {
            most = Math.max(most, Math.abs(value));
        }
        return matrix == null ? 0 : ROUNDING * matrix.largest() * most;
    }

    private static double largestElement(Mesh mesh) {
        double most = 0;
        for (int e = 0; e < mesh.elements(); e++) {
            int[] nodes = mesh.element(e);
            for (int node : nodes) {
                for (int i = 0; i < mesh.dimension(); i++) {
                    most = Math.max(most, Math.abs(mesh.coordinate(node, i) - mesh.coordinate(nodes[0], i)));
                }
            }
        }
        return most;
    }

    double energy(double[] u) {
        batches.evaluate(u);
        double sum = 0;
        for (int e = 0; e < elements.count(); e++) {
            sum += kernel.energy(e, u) + faces.energy(e, u);
        }
        return sum;
    }

    private boolean times(int e, double[] stiffness, double[] given, double[] product) {
        int[] nodes = mesh.element(e);
        int dimension = mesh.dimension();
        int n = product.length;
        boolean any = false;
        Arrays.fill(product, 0);
        for (int c = 0; c < n; c++) {
            double value = given[nodes[c / dimension] * dimension + c % dimension];
            if (value != 0) {
                any = true;
                for (int r = 0; r < n; r++) {
                    product[r] += stiffness[r * n + c] * value;
                }
            }
        }
        return any;
    }

    private void scatter(int e, double[] from, double[] to) {
        int[] nodes = mesh.element(e);
        int dimension = mesh.dimension();
        for (int a = 0; a < nodes.length; a++) {
            for (int i = 0; i < dimension; i++) {
                to[nodes[a] * dimension + i] += from[a * dimension + i];
            }
        }
    }

    @Override
    public void close() {
        if (solver != null) {
            solver.close();
        }
    }
}
