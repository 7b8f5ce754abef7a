// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/** A guess of the next state of a path: the polynomial through its last states, of third degree at most. */
final class Extrapolation {
    private static final int STATES = 4;
    private final double[] times = new double[STATES];
    private final double[][] states = new double[STATES][];
    private int count;

    void add(double time, double[] state) {
        if (count == STATES) {
            for (int k = 1; k < STATES; k++) {
                times[k - 1] = times[k];
                states[k - 1] = states[k];
            }
            count--;
        }
        times[count] = time;
        states[count++] = state.clone();
    }

    /** The guess, or null where there is one state alone. */
    double[] at(double time) {
        if (count < 2) {
            return null;
        }
        double[] guess = new double[states[0].length];
        for (int k = 0; k < count; k++) {
            double weight = 1;
            for (int j = 0; j < count; j++) {
                if (j != k) {
                    weight *= (time - times[j]) / (times[k] - times[j]);
                }
            }
            for (int i = 0; i < guess.length; i++) {
                guess[i] += weight * states[k][i];
            }
        }
        return guess;
    }
}
