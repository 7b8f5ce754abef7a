// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.AdamState;

/**
 * What one step of Adam must do (Kingma and Ba, arXiv 1412.6980, algorithm 1), written here a second time, from the
 * paper, so that no backend is its own witness.
 *
 * @param first  new first moment
 * @param second new second moment
 * @param change of the parameters
 */
record AdamFormula(float[] first, float[] second, float[] change) {

    static AdamFormula step(float[] parameters, float[] gradient, AdamState before, double rate) {
        int n = parameters.length;
        AdamFormula after = new AdamFormula(new float[n], new float[n], new float[n]);
        long t = before.step() + 1;
        for (int i = 0; i < n; i++) {
            double g = gradient[i];
            double m = 0.9 * before.first()[i] + 0.1 * g;
            double v = 0.999 * before.second()[i] + 0.001 * g * g;
            double corrected = m / (1 - Math.pow(0.9, t));
            double root = Math.sqrt(v / (1 - Math.pow(0.999, t)));
            after.first[i] = (float) m;
            after.second[i] = (float) v;
            // The parameter is a float: its change is what remains of the step after rounding to its neighbours.
            after.change[i] = (float) (parameters[i] - rate * corrected / (root + 1e-7)) - parameters[i];
        }
        return after;
    }
}
