// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.Mesh;
import java.util.Arrays;

/**
 * Internal forces and stiffness of one element after another: f_ai = sum w P_iJ dN_a/dX_J and K_aibk = sum w dN_a/dX_J
 * A_iJkL dN_b/dX_L (Bonet and Wood 2008, chapter 9, in reference coordinates). Scratch memory for one thread.
 */
final class ElementKernel {
    private final Section section;
    private final IntegrationPoints elements;
    private final Mesh mesh;
    private final int dimension;
    private final double[] f;
    private final double[] p;
    private final double[] a;
    private final double[] half;
    private double[] u = new double[0];
    private double[] force = new double[0];
    private double[] stiffness = new double[0];

    ElementKernel(Section section, Mesh mesh, IntegrationPoints elements) {
        this.section = section;
        this.mesh = mesh;
        this.elements = elements;
        dimension = section.dimension();
        int square = dimension * dimension;
        f = new double[square];
        p = new double[square];
        a = new double[square * square];
        half = new double[dimension * square];
    }

    /** Of the last element, {@code dimension} a node. */
    double[] force() {
        return force;
    }

    /** Of the last element, row by row, symmetric. */
    double[] stiffness() {
        return stiffness;
    }

    /** Energy of an element under the displacements of all nodes. */
    double energy(int e, double[] displacements) {
        gather(e, displacements);
        double sum = 0;
        for (int q = 0; q < elements.points(e); q++) {
            gradient(e, q);
            sum += elements.weights(e)[q] * section.energy(elements.law(e, q), f);
        }
        return sum;
    }

    /** Forces alone. */
    void forces(int e, double[] displacements) {
        gather(e, displacements);
        for (int q = 0; q < elements.points(e); q++) {
            gradient(e, q);
            section.stress(elements.law(e, q), f, p);
            addForce(e, q);
        }
    }

    /** Forces and stiffness; that of a law without energy is symmetrised. */
    void stiffness(int e, double[] displacements) {
        gather(e, displacements);
        int n = force.length;
        Arrays.fill(stiffness, 0, n * n, 0);
        boolean symmetric = true;
        for (int q = 0; q < elements.points(e); q++) {
            gradient(e, q);
            MaterialLaw law = elements.law(e, q);
            section.tangent(law, f, p, a);
            symmetric &= law.hasEnergy();
            addForce(e, q);
            addStiffness(e, q, law.hasEnergy());
        }
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < r; c++) {
                double value = symmetric ? stiffness[c * n + r] : 0.5 * (stiffness[c * n + r] + stiffness[r * n + c]);
                stiffness[r * n + c] = value;
                stiffness[c * n + r] = value;
            }
        }
    }

    private void gather(int e, double[] displacements) {
        int[] nodes = mesh.element(e);
        int n = nodes.length * dimension;
        if (u.length != n) {
            u = new double[n];
            force = new double[n];
            stiffness = new double[n * n];
        }
        Arrays.fill(force, 0);
        for (int b = 0; b < nodes.length; b++) {
            for (int i = 0; i < dimension; i++) {
                u[b * dimension + i] = displacements[nodes[b] * dimension + i];
            }
        }
    }

    private void gradient(int e, int q) {
        double[] g = elements.gradients(e);
        int base = q * u.length;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double sum = i == j ? 1 : 0;
                for (int b = 0; b < u.length; b += dimension) {
                    sum += u[b + i] * g[base + b + j];
                }
                f[i * dimension + j] = sum;
            }
        }
    }

    private void addForce(int e, int q) {
        double[] g = elements.gradients(e);
        int base = q * u.length;
        double w = elements.weights(e)[q];
        for (int b = 0; b < u.length; b += dimension) {
            for (int i = 0; i < dimension; i++) {
                double sum = 0;
                for (int j = 0; j < dimension; j++) {
                    sum += p[i * dimension + j] * g[base + b + j];
                }
                force[b + i] += w * sum;
            }
        }
    }

    private void addStiffness(int e, int q, boolean symmetric) {
        double[] g = elements.gradients(e);
        int n = u.length;
        int base = q * n;
        int square = dimension * dimension;
        double w = elements.weights(e)[q];
        for (int b = 0; b < n; b += dimension) {
            for (int i = 0; i < dimension; i++) {
                for (int kl = 0; kl < square; kl++) {
                    double sum = 0;
                    for (int j = 0; j < dimension; j++) {
                        sum += g[base + b + j] * a[(i * dimension + j) * square + kl];
                    }
                    half[i * square + kl] = w * sum;
                }
            }
            for (int c = symmetric ? b : 0; c < n; c += dimension) {
                if (dimension == 2) {
                    addBlock2(b * n + c, n, g[base + c], g[base + c + 1]);
                } else {
                    addBlock3(b * n + c, n, g[base + c], g[base + c + 1], g[base + c + 2]);
                }
            }
        }
    }

    private void addBlock2(int at, int n, double gx, double gy) {
        stiffness[at] += half[0] * gx + half[1] * gy;
        stiffness[at + 1] += half[2] * gx + half[3] * gy;
        stiffness[at + n] += half[4] * gx + half[5] * gy;
        stiffness[at + n + 1] += half[6] * gx + half[7] * gy;
    }

    private void addBlock3(int at, int n, double gx, double gy, double gz) {
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                int h = 9 * i + 3 * k;
                stiffness[at + i * n + k] += half[h] * gx + half[h + 1] * gy + half[h + 2] * gz;
            }
        }
    }
}
