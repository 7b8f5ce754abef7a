// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import io.github.nanohooke.lammps.descent.Objective.Place;
import java.util.function.Consumer;

/**
 * Descent by preconditioned L-BFGS with short steps: the value falls at every step, and no step is longer than the
 * objective allows. Where the objective is not convex it gives up: a step of this kind would choose a valley by chance.
 *
 * <p>A step is taken when the value falls enough (Armijo) or, where differences of the value drown in rounding, when
 * the slope says the same (approximate Wolfe condition: Hager &amp; Zhang, SIAM J. Optim. 16, 170, 2005).
 *
 * @param <S> see {@link Objective}
 */
public final class Descent<S> {
    /** Share of the decrease that the slope promises which is asked for (delta of Hager &amp; Zhang). */
    private static final double ARMIJO = 0.1;
    private static final int MAX_TRIALS = 12;
    /** First trial of a preconditioner whose factor is not known, as a share of the longest step. */
    private static final double PROBE = 0.1;

    /** Why a descent ended. */
    public enum End {
        /** At the tolerances. */
        CONVERGED,
        /** The objective allows no more looking. */
        EXHAUSTED,
        /** The next step would meet negative curvature: this is no valley yet. */
        DOWNWARDS,
        /** No step along any direction lowers the value. */
        STUCK,
        /** More steps than allowed without the distance to the tolerances falling markedly. */
        IDLE
    }

    /**
     * @param place the last place
     * @param end   why it is the last
     * @param steps number of steps
     */
    public record Result<S>(Place<S> place, End end, int steps) {
    }

    private final Objective<S> objective;
    private final StepMemory memory;
    private final int patience;
    private final Consumer<Place<S>> listener;

    /**
     * @param memory   of this descent, and of earlier ones nearby
     * @param patience steps within which the distance to the tolerances has to halve
     * @param listener told of each place
     */
    public Descent(Objective<S> objective, StepMemory memory, int patience, Consumer<Place<S>> listener) {
        this.objective = objective;
        this.memory = memory;
        this.patience = patience;
        this.listener = listener;
    }

    /** Goes down from there, until the distance to a minimum is below 1 or there is a reason not to go on. */
    public Result<S> run(double[] start) {
        Place<S> place = objective.evaluate(start);
        double least = place.distance();
        int idle = 0;
        int steps = 0;
        while (place.distance() >= 1) {
            listener.accept(place);
            if (!objective.mayGoOn()) {
                return new Result<>(place, End.EXHAUSTED, steps);
            }
            if (idle == patience) {
                return new Result<>(place, End.IDLE, steps);
            }
            Place<S> next = step(place);
            if (next == null) {
                if (memory.isEmpty()) {
                    return new Result<>(place, objective.mayGoOn() ? End.STUCK : End.EXHAUSTED, steps);
                }
                memory.clear();
                continue;
            }
            boolean convex = memory.add(difference(next.at(), place.at()),
                    difference(next.gradient(), place.gradient()));
            // Curvature that goes with a change of the value by its rounding is itself rounding.
            boolean judged = place.value() - next.value() > objective.noise(place.value());
            if (judged && !convex) {
                return new Result<>(place, End.DOWNWARDS, steps);
            }
            place = next;
            steps++;
            idle++;
            if (place.distance() < 0.5 * least) {
                least = place.distance();
                idle = 0;
            }
        }
        return new Result<>(place, End.CONVERGED, steps);
    }

    /** A lower place; null when the direction is uphill, or none along it is lower. */
    private Place<S> step(Place<S> place) {
        double[] direction = place.gradient().clone();
        memory.apply(direction);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        return StepMemory.dot(direction, place.gradient()) < 0 ? search(place, direction) : null;
    }

    /** A lower place along the direction; null when there is none. */
    private Place<S> search(Place<S> from, double[] direction) {
        double slope = StepMemory.dot(direction, from.gradient());
        double longest = objective.longest(direction);
        double length = memory.isScaled() ? Math.min(1, longest) : PROBE * longest;
        double noise = objective.noise(from.value());
        for (int trial = 0; trial < MAX_TRIALS && objective.mayGoOn(); trial++) {
            double[] at = from.at().clone();
            StepMemory.add(at, length, direction);
            Place<S> there = objective.evaluate(at);
            double rise = there.value() - from.value();
            double slopeThere = StepMemory.dot(direction, there.gradient());
            if (rise <= ARMIJO * length * slope || rise <= noise && slopeThere <= (2 * ARMIJO - 1) * slope) {
                return there;
            }
            // Where the slope's secant crosses zero; it was overstepped, so that the truth lies nearer.
            double secant = slopeThere > 0 ? slope / (slope - slopeThere) : 0.5;
            length *= Math.max(0.1, Math.min(0.6, secant));
        }
        return null;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] d = a.clone();
        StepMemory.add(d, -1, b);
        return d;
    }
}
