// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/**
 * Newton's method with a line search. A factor is kept for further iterations while each of them takes away most of
 * what is left of the unbalanced forces: with a good factor that is cheaper than a new one; not so where the material's
 * answers are what costs, and bring the tangent along.
 */
final class Newton {
    /** What an iteration must leave at most of the unbalanced forces to be followed by one with the same factor. */
    private static final double KEEP_FACTOR = 0.15;
    /** Steps along the search direction that are tried: first the whole one. */
    private static final int TRIES = 6;
    /** What a whole step may leave of the force along its direction. */
    private static final double SLACK = 0.9;
    /** Below this share of the largest force ever seen, forces are rounding. */
    private static final double FLOOR = 1e-5;

    private final Equilibrium equations;
    private final SolverOptions options;
    private final Watch watch;
    private double largestForce;
    private boolean factorised;
    private int iterations;
    private Failure failure = Failure.NONE;

    /** Why a search for equilibrium ended without. */
    enum Failure { NONE, ITERATIONS, NO_FORCES, SINGULAR, NO_DESCENT }

    /** Hears of each iteration after which another one is needed, and ends the search by an exception. */
    @FunctionalInterface
    interface Watch {
        /** @param unbalanced largest force that is left, as a multiple of what is allowed */
        void iterated(int iterations, double unbalanced);
    }

    Newton(Equilibrium equations, SolverOptions options, Watch watch) {
        this.equations = equations;
        this.options = options;
        this.watch = watch;
    }

    /** Of the last {@link #solve}. */
    int iterations() {
        return iterations;
    }

    /** Of the last {@link #solve}. */
    Failure failure() {
        return failure;
    }

    /**
     * Looks for equilibrium.
     *
     * @param u     where to start; becomes the solution
     * @param given changes of given displacements that {@code u} lacks, zeros elsewhere; null where it has them
     * @param loads external forces
     * @return whether it was found; {@code u} means nothing else
     */
    boolean solve(double[] u, double[] given, double[] loads) {
        iterations = 0;
        failure = Failure.NONE;
        double before = Double.POSITIVE_INFINITY;
        if (given != null) {
            if (!predict(u, given, loads)) {
                return false;
            }
        } else if (!Double.isFinite(unbalanced(equations.forces(u), loads))) {
            return failed(Failure.NO_FORCES);
        }
        double now = unbalanced(equations.internal(), loads);
        double allowed = allowed(u, loads);
        while (!(now <= allowed)) {
            watch.iterated(iterations, now / allowed);
            if (!Double.isFinite(now)) {
                return failed(Failure.NO_FORCES);
            }
            if (iterations >= options.maxIterations()) {
                return failed(Failure.ITERATIONS);
            }
            boolean again = factorised && iterations > 0 && now <= KEEP_FACTOR * before && !equations.hasCostlyPoints();
            before = now;
            if (!iterate(u, loads, !again)) {
                return false;
            }
            now = unbalanced(equations.internal(), loads);
            allowed = allowed(u, loads);
        }
        return true;
    }

    /** A part that moves rigidly has no force at all to judge by: there, rounding is the measure. */
    private double allowed(double[] u, double[] loads) {
        return Math.max(options.tolerance() * scale(loads), equations.rounding(u));
    }

    /** First iteration with given displacements: K du = loads - forces - K given. */
    private boolean predict(double[] u, double[] given, double[] loads) {
        iterations++;
        double[] right;
        try {
            double[] coupling = equations.factorise(u, given);
            factorised = true;
            right = rest(loads, coupling);
            equations.solve(right);
        } catch (SingularMatrixException e) {
            factorised = false;
            return failed(Failure.SINGULAR);
        }
        equations.map().addTo(u, 1, right);
        for (int dof = 0; dof < u.length; dof++) {
            u[dof] += given[dof];
        }
        equations.forces(u);
        return true;
    }

    private boolean iterate(double[] u, double[] loads, boolean fresh) {
        iterations++;
        double[] direction;
        try {
            if (fresh) {
                equations.factorise(u, null);
                factorised = true;
            }
            direction = rest(loads, null);
            double[] right = direction.clone();
            equations.solve(direction);
            return search(u, loads, right, direction);
        } catch (SingularMatrixException e) {
            factorised = false;
            return failed(Failure.SINGULAR);
        }
    }

    private boolean failed(Failure why) {
        failure = why;
        return false;
    }

    /** Shortens a step that would leave more force along its direction than there was (Crisfield 1991, section 9.2). */
    private boolean search(double[] u, double[] loads, double[] right, double[] direction) {
        double start = dot(right, direction);
        double normBefore = largest(right);
        double length = 1;
        double done = 0;
        for (int k = 0; k < TRIES; k++) {
            equations.map().addTo(u, length - done, direction);
            done = length;
            equations.forces(u);
            double[] rest = rest(loads, null);
            double along = dot(rest, direction);
            boolean finite = Double.isFinite(along);
            boolean better = finite && (Math.abs(along) <= SLACK * Math.abs(start) || largest(rest) < normBefore);
            if (better || (finite && equations.negativePivots() > 0)) {
                return true;
            }
            // Where the force along the direction would vanish, if it changed evenly.
            double even = finite && along < start ? length * start / (start - along) : 0;
            length = Math.min(0.5 * length, Math.max(0.1 * length, even));
        }
        return failed(Failure.NO_DESCENT);
    }

    private double[] rest(double[] loads, double[] coupling) {
        double[] internal = equations.internal();
        double[] rest = new double[internal.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = loads[i] - internal[i] - (coupling == null ? 0 : coupling[i]);
        }
        return equations.map().reduce(rest);
    }

    private double unbalanced(double[] internal, double[] loads) {
        double[] rest = new double[internal.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = loads[i] - internal[i];
        }
        return largest(equations.map().reduce(rest));
    }

    /** The largest force around, by which the unbalanced ones are judged. */
    private double scale(double[] loads) {
        double now = Math.max(largest(equations.internal()), largest(loads));
        // Of an iterate without an answer it is no number, and must not spoil the measure of all later ones.
        if (Double.isFinite(now)) {
            largestForce = Math.max(now, largestForce);
        }
        return Math.max(now, FLOOR * largestForce);
    }

    private static double largest(double[] x) {
        double most = 0;
        for (double value : x) {
            if (!(Math.abs(value) <= most)) {
                most = Math.abs(value);
                if (Double.isNaN(most)) {
                    return most;
                }
            }
        }
        return most;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
