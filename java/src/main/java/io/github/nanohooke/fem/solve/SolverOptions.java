// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/**
 * How to look for equilibrium.
 *
 * @param tolerance     largest force without balance, over the largest force
 * @param maxIterations of Newton's method before a shorter increment is tried
 * @param smallestCut   smallest part of an increment that is tried
 */
public record SolverOptions(double tolerance, int maxIterations, double smallestCut) {

    public SolverOptions {
        if (!(tolerance >= 1e-13 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be at least 1e-13 and below 1, got " + tolerance);
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1, got " + maxIterations);
        }
        if (!(smallestCut > 0 && smallestCut <= 1)) {
            throw new IllegalArgumentException("the smallest cut must be above 0 and at most 1, got " + smallestCut);
        }
    }

    /** 1e-9, 25 iterations, cuts down to 1/1024. */
    public static SolverOptions defaults() {
        return new SolverOptions(1e-9, 25, 1.0 / 1024);
    }
}
