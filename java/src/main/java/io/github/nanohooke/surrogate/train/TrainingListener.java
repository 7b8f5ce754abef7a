// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import java.util.List;

/** Hears of a training run, on its thread. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {
    };

    /**
     * Once, before the first step.
     *
     * @param history epochs that a resumed run has completed earlier
     * @param step    steps that it has taken
     * @param steps   steps of the whole run
     */
    default void begin(List<EpochRecord> history, long step, long steps) {
    }

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

    /** After every epoch, its line in the log written; its checkpoint only where one was due or the run ends. */
    default void epoch(EpochRecord epoch) {
    }
}
