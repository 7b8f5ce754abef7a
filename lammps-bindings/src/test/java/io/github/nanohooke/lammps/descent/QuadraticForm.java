// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import java.util.Random;

/** ½ xᵀ A x - bᵀ x with a symmetric A of chosen eigenvalues: everything about it is known. */
final class QuadraticForm implements Objective<Integer> {
    private final double[][] matrix;
    private final double[] pull;
    private final double tolerance;
    private final double longest;
    private final int budget;
    private int looks;

    /** @param longest largest component of a step */
    QuadraticForm(double[] eigenvalues, double tolerance, double longest, int budget, long seed) {
        int n = eigenvalues.length;
        Random random = new Random(seed);
        double[][] basis = new double[n][];
        for (int i = 0; i < n; i++) {
            basis[i] = random.doubles(n, -1, 1).toArray();
            for (int j = 0; j < i; j++) {
                StepMemory.add(basis[i], -StepMemory.dot(basis[i], basis[j]), basis[j]);
            }
            double length = Math.sqrt(StepMemory.dot(basis[i], basis[i]));
            for (int k = 0; k < n; k++) {
                basis[i][k] /= length;
            }
        }
        matrix = new double[n][n];
        for (int e = 0; e < n; e++) {
            for (int i = 0; i < n; i++) {
                StepMemory.add(matrix[i], eigenvalues[e] * basis[e][i], basis[e]);
            }
        }
        pull = random.doubles(n, -1, 1).toArray();
        this.tolerance = tolerance;
        this.longest = longest;
        this.budget = budget;
    }

    double[][] matrix() {
        return matrix;
    }

    int looks() {
        return looks;
    }

    double[] times(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = StepMemory.dot(matrix[i], x);
        }
        return y;
    }

    @Override
    public Place<Integer> evaluate(double[] at) {
        looks++;
        double[] gradient = times(at);
        double value = 0.5 * StepMemory.dot(gradient, at) - StepMemory.dot(pull, at);
        StepMemory.add(gradient, -1, pull);
        double largest = 0;
        for (double g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        return new Place<>(at, value, gradient, largest / tolerance, looks);
    }

    @Override
    public double longest(double[] step) {
        double largest = 0;
        for (double s : step) {
            largest = Math.max(largest, Math.abs(s));
        }
        return longest / largest;
    }

    @Override
    public double noise(double value) {
        return 1e-12 * Math.abs(value);
    }

    @Override
    public boolean mayGoOn() {
        return looks < budget;
    }
}
