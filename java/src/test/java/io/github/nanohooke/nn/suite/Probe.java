// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;

/**
 * A central difference along one direction. The function is piecewise linear in the parameters of one layer, so that a
 * large step, which single precision measures well, is exact unless it crosses a kink of a ReLU or of a maximum. Where
 * the kinks lie is the function's affair and not the backend's: the reference finds a direction and a step without.
 *
 * @param direction of the difference
 * @param step      half its length, in units of the direction
 */
record Probe(float[] direction, double step) {
    private static final double TOLERANCE = 1e-2;
    private static final double[] STEPS = {8e-3, 2e-3, 5e-4, 1.25e-4};
    private static final int DIRECTIONS = 4;

    /** A number that depends on where one stands. */
    interface Function {
        /** The value at a distance of so many steps of the direction. */
        double at(float[] direction, double step);
    }

    /**
     * The largest step, and a direction for it, at which the reference agrees with its own gradient.
     *
     * @param gradient   the reference's
     * @param function   the reference's
     * @param directions makes another one with every call
     */
    static Probe smooth(float[] gradient, Function function, Supplier<float[]> directions) {
        Probe best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
            for (int i = 0; i < DIRECTIONS; i++) {
                Probe probe = new Probe(directions.get(), step);
                double error = probe.error(gradient, function);
                if (error < TOLERANCE / 10) {
                    return probe;
                }
                if (error < least) {
                    least = error;
                    best = probe;
                }
            }
        }
        assertThat(best).as("a finite difference of the reference").isNotNull();
        return best;
    }

    void check(String what, float[] gradient, Function function, String repro) {
        assertThat(error(gradient, function)).as("%s: error of the finite difference with step %s, REPRODUCE: %s",
                what, step, repro).isLessThan(TOLERANCE);
    }

    /** Error relative to what the product of two independent arrays of such sizes comes to. */
    private double error(float[] gradient, Function function) {
        double product = 0;
        double gradientSquare = 0;
        double directionSquare = 0;
        int moved = 0;
        for (int i = 0; i < direction.length; i++) {
            if (direction[i] != 0) {
                product += (double) gradient[i] * direction[i];
                gradientSquare += (double) gradient[i] * gradient[i];
                directionSquare += (double) direction[i] * direction[i];
                moved++;
            }
        }
        double scale = Math.sqrt(gradientSquare * directionSquare / moved);
        double difference = (function.at(direction, step) - function.at(direction, -step)) / (2 * step);
        return Math.abs(difference - product) / scale;
    }
}
