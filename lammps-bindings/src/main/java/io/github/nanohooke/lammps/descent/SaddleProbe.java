// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import io.github.nanohooke.lammps.descent.Objective.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Tells a minimum from a saddle, which symmetry may have led a descent onto: solves H u = b for a random b by
 * preconditioned conjugate gradients, which meet negative curvature when there is any (Nash, SIAM J. Numer. Anal. 21,
 * 770, 1984). Products with the second derivatives H are differences of gradients, one look at the objective each.
 */
public final class SaddleProbe {
    private static final int MAX_LOOKS = 60;
    /** Share of b that may be left: by then directions that matter were met. */
    private static final double ENOUGH = 1e-3;
    /** Curvature in units of the preconditioner's, from zero, that may be rounding or a free motion. */
    private static final double FLAT = 1e-3;
    /** Largest component of the differences' displacement. */
    private static final double DIFFERENCE = 1e-4;

    private SaddleProbe() {
    }

    /**
     * A direction along which the objective curves down; empty where none was met.
     *
     * @param memory what a descent to this place learned; learns the curvatures that are met, all of them exact
     * @param free   number of coordinates of one point: sums over points are left alone, so that moving all alike,
     *               which costs nothing, is not taken for a soft direction
     */
    public static <S> Optional<double[]> downwards(Objective<S> objective, Place<S> place, StepMemory memory, int free,
            long seed) {
        double[] residual = random(place.at().length, free, seed);
        double[] metric = residual.clone();
        double[] direction = residual.clone();
        memory.apply(direction);
        double size = StepMemory.dot(residual, direction);
        double first = size;
        List<double[]> directions = new ArrayList<>();
        List<double[]> products = new ArrayList<>();
        Optional<double[]> found = Optional.empty();
        for (int look = 0; look < MAX_LOOKS && objective.mayGoOn() && size > ENOUGH * ENOUGH * first; look++) {
            double[] product = curvature(objective, place, direction);
            double curvature = StepMemory.dot(direction, product);
            double flat = FLAT * StepMemory.dot(direction, metric);
            if (curvature < flat) {
                found = curvature < -flat ? Optional.of(direction) : found;
                break;
            }
            directions.add(direction);
            products.add(product);
            StepMemory.add(residual, -size / curvature, product);
            double[] next = residual.clone();
            memory.apply(next);
            double nextSize = StepMemory.dot(residual, next);
            double ratio = nextSize / size;
            size = nextSize;
            StepMemory.add(next, ratio, direction);
            direction = next;
            for (int i = 0; i < metric.length; i++) {
                metric[i] = residual[i] + ratio * metric[i];
            }
        }
        for (int k = 0; k < products.size(); k++) {
            memory.add(directions.get(k), products.get(k));
        }
        return found;
    }

    private static double[] random(int length, int free, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        double[] mean = new double[free];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextDouble(-1, 1);
            mean[i % free] += values[i] * free / length;
        }
        for (int i = 0; i < length; i++) {
            values[i] -= mean[i % free];
        }
        return values;
    }

    /** H times the direction. */
    private static <S> double[] curvature(Objective<S> objective, Place<S> place, double[] direction) {
        double largest = 0;
        for (double d : direction) {
            largest = Math.max(largest, Math.abs(d));
        }
        double step = DIFFERENCE / largest;
        double[] at = place.at().clone();
        StepMemory.add(at, step, direction);
        double[] product = objective.evaluate(at).gradient().clone();
        for (int i = 0; i < product.length; i++) {
            product[i] = (product[i] - place.gradient()[i]) / step;
        }
        return product;
    }
}
