// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

/**
 * Adam by algorithm 1 of Kingma and Ba, arXiv 1412.6980, with epsilon added to the root of the corrected second moment,
 * as PyTorch does:
 * <pre>
 * m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2,
 * p = p - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 */
final class ReferenceAdam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-7;

    private ReferenceAdam() {
    }

    /**
     * Changes the parameters and both moments in place.
     *
     * @param step number of this step, the first is 1
     */
    static void step(double[] parameters, double[] gradient, double[] first, double[] second, long step, double rate) {
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = 1 - Math.pow(BETA2, step);
        for (int i = 0; i < parameters.length; i++) {
            double g = gradient[i];
            first[i] = BETA1 * first[i] + (1 - BETA1) * g;
            second[i] = BETA2 * second[i] + (1 - BETA2) * g * g;
            parameters[i] -= rate * (first[i] / correction1) / (Math.sqrt(second[i] / correction2) + EPSILON);
        }
    }
}
