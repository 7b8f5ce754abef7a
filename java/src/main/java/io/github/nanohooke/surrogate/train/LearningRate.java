// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

/**
 * Learning rate by step: a straight rise to the peak, then half a cosine down (Loshchilov and Hutter, arXiv 1608.03983,
 * eq. 5, without restarts).
 *
 * @param peak          the highest rate
 * @param warmupSteps   steps of the rise; 0 starts at the peak
 * @param totalSteps    steps of the whole run
 * @param finalFraction what is left of the peak at the end; 1 keeps the rate constant after the rise
 */
record LearningRate(double peak, long warmupSteps, long totalSteps, double finalFraction) {

    /** @throws IllegalArgumentException when a number is out of range */
    public LearningRate {
        if (!(peak > 0) || peak > 1) {
            throw new IllegalArgumentException("the learning rate must lie between 0 and 1, got " + peak);
        }
        if (totalSteps < 1 || warmupSteps < 0 || warmupSteps > totalSteps) {
            throw new IllegalArgumentException("a schedule needs at least one step, and no more of warm-up, got "
                    + warmupSteps + " of warm-up and " + totalSteps + " in all");
        }
        if (!(finalFraction >= 0 && finalFraction <= 1)) {
            throw new IllegalArgumentException("the final rate must be 0 to 1 of the peak, got " + finalFraction);
        }
    }

    /** The rate of a step; the first is 0. */
    public double at(long step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / (warmupSteps + 1);
        }
        double done = Math.min(1, (double) (step - warmupSteps) / Math.max(1, totalSteps - 1 - warmupSteps));
        double cosine = (1 + StrictMath.cos(Math.PI * done)) / 2;
        return peak * (finalFraction + (1 - finalFraction) * cosine);
    }
}
