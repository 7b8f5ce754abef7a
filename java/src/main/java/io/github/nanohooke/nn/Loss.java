// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * The loss of a training step, the mean over images and outputs of (value - target)^2 with the head's values, and the
 * derivative of what the step minimises. For backends that compute it in Java; not for several threads at once.
 */
public final class Loss {
    private final Head head;
    private final Objective objective;
    private final int outputs;
    private final double[] values;
    private final double[] dValues;

    /** @throws NetworkException when head or objective has another number of outputs */
    public Loss(Head head, Objective objective, int outputs) {
        head.requireOutputs(outputs);
        objective.requireOutputs(outputs);
        this.head = head;
        this.objective = objective;
        this.outputs = outputs;
        this.values = new double[outputs];
        this.dValues = new double[outputs];
    }

    /**
     * One image's part of the loss, and the derivative of its part of what is minimised.
     *
     * @param raw     the image's raw outputs
     * @param targets [image][output]
     * @param image   which
     * @param images  in the batch
     * @param dRaw    receives the derivatives of what the batch minimises by the image's raw outputs
     */
    public double ofImage(double[] raw, float[] targets, int image, int images, double[] dRaw) {
        head.values(raw, values);
        double squared = 0;
        for (int k = 0; k < outputs; k++) {
            dValues[k] = values[k] - targets[image * outputs + k];
            squared += dValues[k] * dValues[k];
        }
        double weight = 2 * objective.slope(squared, targets, image, outputs) / images;
        for (int k = 0; k < outputs; k++) {
            dValues[k] *= weight;
        }
        head.backward(raw, dValues, dRaw);
        return squared / ((double) images * outputs);
    }
}
