// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

/**
 * A function to be minimised, as far as a descent needs to know it.
 *
 * @param <S> what the function remembers of a place beside its value, for whoever asked for the minimum
 */
public interface Objective<S> {

    /**
     * A place and what was found there.
     *
     * @param at       coordinates
     * @param value    the function's value
     * @param gradient its derivatives by the coordinates
     * @param distance how far this is from being a minimum: largest residual in units of its tolerance, so that 1 will
     *                 do
     * @param state    whatever else is known of this place
     */
    record Place<S>(double[] at, double value, double[] gradient, double distance, S state) {
    }

    /** Evaluates the function there. */
    Place<S> evaluate(double[] at);

    /**
     * The longest step that is allowed, as a multiple of the given one: steps that go further might leave the basin.
     */
    double longest(double[] step);

    /** Size of differences of the value that mean nothing: its rounding. */
    double noise(double value);

    /** Whether more places may be evaluated. */
    boolean mayGoOn();
}
