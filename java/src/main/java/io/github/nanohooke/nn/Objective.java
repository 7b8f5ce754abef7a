// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.List;

/** What training minimises: the mean over the images of a batch of a function of an image's squared error. */
public sealed interface Objective {

    /** The mean squared error, as in the paper (section 3.2). */
    Objective SQUARED = new Squared();

    /**
     * What is minimised of one image.
     *
     * @param squared sum over outputs of (value - target)^2
     * @param targets [image][output]
     * @param image   which
     * @param outputs how many
     */
    double of(double squared, float[] targets, int image, int outputs);

    /** The derivative of {@link #of} by {@code squared}. */
    double slope(double squared, float[] targets, int image, int outputs);

    /** @throws NetworkException when it is not one of a network with so many outputs */
    void requireOutputs(int outputs);

    /** The mean over outputs of (value - target)^2. */
    record Squared() implements Objective {

        @Override
        public double of(double squared, float[] targets, int image, int outputs) {
            return squared / outputs;
        }

        @Override
        public double slope(double squared, float[] targets, int image, int outputs) {
            return 1.0 / outputs;
        }

        @Override
        public void requireOutputs(int outputs) {
            // right for any number
        }
    }

    /**
     * The relative error, and not its square: sqrt(r^2 + knee^2) with r^2 = sum (value - target)^2 / (sum (target -
     * origin)^2 + outputs floor^2). Small targets count as much as large ones, and a few images with large errors do
     * not outweigh all others.
     *
     * @param origin the targets of nothing, one an output
     * @param floor  what counts as little in a target
     * @param knee   the relative error below which it is squared all the same
     */
    record Relative(List<Double> origin, double floor, double knee) implements Objective {

        /** @throws NetworkException when numbers are not finite, or floor or knee is not positive */
        public Relative {
            origin = List.copyOf(origin);
            if (!origin.stream().allMatch(Double::isFinite) || !(floor > 0 && knee > 0)
                    || Double.isInfinite(floor + knee)) {
                throw new NetworkException("a relative objective needs finite origins, a positive floor and a positive "
                        + "knee; got " + origin + ", " + floor + " and " + knee);
            }
        }

        @Override
        public double of(double squared, float[] targets, int image, int outputs) {
            return Math.sqrt(squared / size(targets, image, outputs) + knee * knee);
        }

        @Override
        public double slope(double squared, float[] targets, int image, int outputs) {
            return 0.5 / (size(targets, image, outputs) * of(squared, targets, image, outputs));
        }

        @Override
        public void requireOutputs(int outputs) {
            if (outputs != origin.size()) {
                throw new NetworkException("this objective is one of " + origin.size() + " outputs, the network has "
                        + outputs);
            }
        }

        private double size(float[] targets, int image, int outputs) {
            double sum = outputs * floor * floor;
            for (int k = 0; k < outputs; k++) {
                double target = targets[image * outputs + k] - origin.get(k);
                sum += target * target;
            }
            return sum;
        }
    }
}
