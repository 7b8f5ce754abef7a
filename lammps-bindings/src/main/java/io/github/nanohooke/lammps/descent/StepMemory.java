// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What the last steps of a descent told of the second derivatives (limited-memory BFGS; Nocedal, Math. Comput. 35, 773,
 * 1980), on top of a preconditioner, whose factor it finds as well.
 *
 * <p>Outlives a descent: one that starts nearby may use the memory of another.
 */
public final class StepMemory {
    /** Least curvature of a step, relative to the lengths of step and change, that is above rounding. */
    private static final double LEAST_CURVATURE = 1e-12;

    private record Step(double[] moved, double[] change, double curvature) {
    }

    private final Preconditioner preconditioner;
    private final int capacity;
    private final Deque<Step> steps = new ArrayDeque<>();
    private double scale = Double.NaN;

    /** @param capacity number of steps that are remembered */
    public StepMemory(Preconditioner preconditioner, int capacity) {
        this.preconditioner = preconditioner;
        this.capacity = capacity;
    }

    /**
     * Remembers a step.
     *
     * @param moved  difference of the coordinates
     * @param change difference of the gradients
     * @return whether the curvature along it was positive; if not, it is not remembered
     */
    public boolean add(double[] moved, double[] change) {
        double curvature = dot(moved, change);
        if (!(curvature > LEAST_CURVATURE * Math.sqrt(dot(moved, moved) * dot(change, change)))) {
            return false;
        }
        double[] solved = change.clone();
        preconditioner.solve(solved);
        // The factor that fits the preconditioner's inverse to this step best (Shanno & Phua, Math. Program. 14, 149,
        // 1978).
        scale = curvature / dot(change, solved);
        if (steps.size() == capacity) {
            steps.removeFirst();
        }
        steps.addLast(new Step(moved.clone(), change.clone(), curvature));
        return true;
    }

    /** Forgets the steps; the preconditioner's factor stays. */
    public void clear() {
        steps.clear();
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether the preconditioner's factor is known: not before the first step. */
    public boolean isScaled() {
        return !Double.isNaN(scale);
    }

    /** The approximate inverse of the second derivatives times a vector, in place. */
    public void apply(double[] vector) {
        double[] weights = new double[steps.size()];
        int k = weights.length;
        for (Iterator<Step> i = steps.descendingIterator(); i.hasNext();) {
            Step step = i.next();
            weights[--k] = dot(step.moved(), vector) / step.curvature();
            add(vector, -weights[k], step.change());
        }
        preconditioner.solve(vector);
        if (isScaled()) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
        }
        for (Step step : steps) {
            add(vector, weights[k++] - dot(step.change(), vector) / step.curvature(), step.moved());
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }
}
