// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import java.util.Objects;

/**
 * Everything that decides a training run apart from network, head and data. Change one with the {@code with...}
 * methods.
 *
 * @param epochs        passes over the training data
 * @param batch         images a step; the last step of an epoch takes what is left
 * @param rate          peak learning rate of Adam, see {@link LearningRate}
 * @param warmupEpochs  epochs in which the rate rises, no more than there are; may be a fraction
 * @param finalFraction what is left of the rate at the end
 * @param patience      epochs without a better validation error after which the run ends; 0 never ends it early
 * @param augment       whether every image is shifted and turned at random each time it is seen
 * @param seed          of the first weights, the order of the samples and the augmentation
 * @param loss          what is minimised
 */
public record TrainingOptions(int epochs, int batch, double rate, double warmupEpochs, double finalFraction,
        int patience, boolean augment, long seed, TrainingLoss loss) {

    /** @throws IllegalArgumentException when a number is out of range */
    public TrainingOptions {
        if (epochs < 1 || batch < 1) {
            throw new IllegalArgumentException("epochs and batch must be at least 1, got " + epochs + " and " + batch);
        }
        if (!(warmupEpochs >= 0 && warmupEpochs <= epochs)) {
            throw new IllegalArgumentException("the warm-up takes 0 epochs to all " + epochs + " of them, got "
                    + warmupEpochs);
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience cannot be negative, got " + patience);
        }
        new LearningRate(rate, 0, 1, finalFraction);
        Objects.requireNonNull(loss, "loss");
    }

    /** The paper's batch of 128 and the upper end of its learning rates (section 3.2), 100 epochs, augmented. */
    public static TrainingOptions defaults() {
        return new TrainingOptions(100, 128, 2e-4, 1, 0.01, 0, true, 1, TrainingLoss.SQUARED);
    }

    public TrainingOptions withEpochs(int value) {
        return new TrainingOptions(value, batch, rate, warmupEpochs, finalFraction, patience, augment, seed, loss);
    }

    public TrainingOptions withBatch(int value) {
        return new TrainingOptions(epochs, value, rate, warmupEpochs, finalFraction, patience, augment, seed, loss);
    }

    public TrainingOptions withRate(double value) {
        return new TrainingOptions(epochs, batch, value, warmupEpochs, finalFraction, patience, augment, seed, loss);
    }

    public TrainingOptions withWarmupEpochs(double value) {
        return new TrainingOptions(epochs, batch, rate, value, finalFraction, patience, augment, seed, loss);
    }

    public TrainingOptions withFinalFraction(double value) {
        return new TrainingOptions(epochs, batch, rate, warmupEpochs, value, patience, augment, seed, loss);
    }

    public TrainingOptions withPatience(int value) {
        return new TrainingOptions(epochs, batch, rate, warmupEpochs, finalFraction, value, augment, seed, loss);
    }

    public TrainingOptions withAugment(boolean value) {
        return new TrainingOptions(epochs, batch, rate, warmupEpochs, finalFraction, patience, value, seed, loss);
    }

    public TrainingOptions withSeed(long value) {
        return new TrainingOptions(epochs, batch, rate, warmupEpochs, finalFraction, patience, augment, value, loss);
    }

    public TrainingOptions withLoss(TrainingLoss value) {
        return new TrainingOptions(epochs, batch, rate, warmupEpochs, finalFraction, patience, augment, seed, value);
    }

    /** Steps of one epoch over that many samples. */
    int stepsPerEpoch(int samples) {
        return (samples - 1) / batch + 1;
    }

    /** The schedule for that many training samples. */
    LearningRate schedule(int samples) {
        long perEpoch = stepsPerEpoch(samples);
        return new LearningRate(rate, Math.round(warmupEpochs * perEpoch), epochs * perEpoch, finalFraction);
    }
}
