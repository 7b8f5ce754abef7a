// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * What a training step minimises: the mean over images and outputs of (value - target)^2, where the values are the
 * head's. For backends that compute it in Java; not for several threads at once.
 */
public final class Loss {
    private final Head head;
    private final int outputs;
    private final double[] values;
    private final double[] dValues;

    /** @throws NetworkException when the head has another number of outputs */
    public Loss(Head head, int outputs) {
        head.requireOutputs(outputs);
        this.head = head;
        this.outputs = outputs;
        this.values = new double[outputs];
        this.dValues = new double[outputs];
    }

    /**
     * One image's part of the loss, and its derivative.
     *
     * @param raw     the image's raw outputs
     * @param targets [image][output]
     * @param image   which
     * @param images  in the batch
     * @param dRaw    receives the derivatives of the batch's loss by the image's raw outputs
     */
    public double ofImage(double[] raw, float[] targets, int image, int images, double[] dRaw) {
        double weight = 1.0 / ((double) images * outputs);
        double loss = 0;
        head.values(raw, values);
        for (int k = 0; k < outputs; k++) {
            double difference = values[k] - targets[image * outputs + k];
            loss += weight * difference * difference;
            dValues[k] = 2 * weight * difference;
        }
        head.backward(raw, dValues, dRaw);
        return loss;
    }
}
