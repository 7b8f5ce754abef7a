// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

/** Hears of a training run, on its thread. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {
    };

    /**
     * After every step.
     *
     * @param epoch   number of the epoch, the first is 1
     * @param step    steps taken since the run's beginning
     * @param steps   steps of the whole run
     * @param rmse    root of the mean squared error of this step's batch, before the step [GPa]
     */
    default void step(int epoch, long step, long steps, double rmse) {
    }

    /** After every epoch, its checkpoint written. */
    default void epoch(EpochRecord epoch) {
    }
}
