// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import io.github.nanohooke.structure.Atoms;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The matrix of a network of springs, for displacements of atoms alone or of atoms and cell.
 *
 * <p>Coordinates are x, y, z of each atom's displacement in turn and, where there are six more, the strain in Voigt
 * order 11, 22, 33, 23, 13, 12, whose deformation is upper triangular: x' = (1 + E)(x + u). Springs that are equally
 * stiff in all directions do not couple one Cartesian direction to another, so that each has a system of its own: the
 * displacements along it, with one matrix K for all three, and the row of E that moves atoms along it.
 */
public final class SpringPreconditioner implements Preconditioner, AutoCloseable {
    /** Stiffness that holds each atom where it is, in units of the spring between nearest neighbours. */
    private static final double HOLD = 0.03;
    /** Voigt index of E's component in row and column; rows and columns 0 to 2 are x, y, z. */
    private static final int[][] VOIGT = {{0, 5, 4}, {-1, 1, 3}, {-1, -1, 2}};

    private final int atoms;
    private final SpringFactor factor;
    /** Force along one direction on each atom per strain component of that direction with x, y or z. */
    private final double[][] coupling = new double[3][];
    /** K⁻¹ times the coupling. */
    private final double[][] response = new double[3][];
    /** For each direction the inverse of the stiffness against its strain components, with atoms that follow. */
    private final DMatrixRMaj[] compliance = new DMatrixRMaj[3];

    /**
     * Springs between these atoms where they are now; close it, its factor is native.
     *
     * @throws io.github.nanohooke.MissingLibraryException when there is no native library
     */
    public SpringPreconditioner(Atoms atoms) {
        SpringNetwork network = new SpringNetwork(atoms);
        this.atoms = network.atoms();
        this.factor = new SpringFactor(network, HOLD);
        double[][] rigid = new double[3][3];
        for (int b = 0; b < 3; b++) {
            coupling[b] = new double[this.atoms];
        }
        for (int i = 0; i < this.atoms; i++) {
            for (int s = 0; s < network.neighbours()[i].length; s++) {
                double stiffness = network.stiffness(i, s);
                for (int b = 0; b < 3; b++) {
                    coupling[b][i] -= stiffness * network.vector(i, s, b);
                    for (int d = 0; d < 3; d++) {
                        // Each spring is met from both of its ends.
                        rigid[b][d] += 0.5 * stiffness * network.vector(i, s, b) * network.vector(i, s, d);
                    }
                }
            }
        }
        try {
            for (int b = 0; b < 3; b++) {
                response[b] = coupling[b].clone();
                factor.solve(response[b]);
            }
            for (int a = 0; a < 3; a++) {
                compliance[a] = compliance(a, rigid, HOLD * network.nearest() * network.nearest());
            }
        } catch (RuntimeException e) {
            factor.close();
            throw e;
        }
    }

    private DMatrixRMaj compliance(int direction, double[][] rigid, double least) {
        int n = 3 - direction;
        DMatrixRMaj stiffness = new DMatrixRMaj(n, n);
        for (int b = 0; b < n; b++) {
            for (int d = 0; d < n; d++) {
                stiffness.set(b, d, rigid[direction + b][direction + d]
                        - StepMemory.dot(coupling[direction + b], response[direction + d]));
            }
            // Where no spring crosses the cell, strain would meet no resistance at all.
            stiffness.add(b, b, HOLD * rigid[direction + b][direction + b] + least);
        }
        if (!CommonOps_DDRM.invertSPD(stiffness, stiffness)) {
            throw new ArithmeticException("the spring network's stiffness is not positive definite");
        }
        return stiffness;
    }

    @Override
    public void solve(double[] vector) {
        boolean withCell = vector.length == 3 * atoms + 6;
        if (!withCell && vector.length != 3 * atoms) {
            throw new IllegalArgumentException(vector.length + " coordinates do not belong to " + atoms + " atoms");
        }
        double[] along = new double[atoms];
        for (int a = 0; a < 3; a++) {
            for (int i = 0; i < atoms; i++) {
                along[i] = vector[3 * i + a];
            }
            factor.solve(along);
            if (withCell) {
                solveStrain(a, along, vector);
            }
            for (int i = 0; i < atoms; i++) {
                vector[3 * i + a] = along[i];
            }
        }
    }

    @Override
    public void close() {
        factor.close();
    }

    // The row of E that belongs to the direction, by elimination of the displacements; these then answer to it.
    private void solveStrain(int a, double[] along, double[] vector) {
        int n = 3 - a;
        double[] right = new double[n];
        for (int b = 0; b < n; b++) {
            // along is K⁻¹ g by now, and (K⁻¹ q)ᵀ g = qᵀ (K⁻¹ g).
            right[b] = vector[3 * atoms + VOIGT[a][a + b]] - StepMemory.dot(coupling[a + b], along);
        }
        for (int b = 0; b < n; b++) {
            double strain = 0;
            for (int d = 0; d < n; d++) {
                strain += compliance[a].get(b, d) * right[d];
            }
            vector[3 * atoms + VOIGT[a][a + b]] = strain;
            StepMemory.add(along, -strain, response[a + b]);
        }
    }
}
