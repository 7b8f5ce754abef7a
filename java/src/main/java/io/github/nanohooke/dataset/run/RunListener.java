// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.dataset.Sample;

/** Hears how a run goes. Called by one thread at a time. */
public interface RunListener {

    /** Hears nothing. */
    RunListener SILENT = new RunListener() {
    };

    /**
     * The run begins.
     *
     * @param total samples in this run's share
     * @param done  of these, samples that earlier runs made, in whole shards and in journals
     */
    default void begin(int total, int done) {
    }

    /** A sample is finished and safe on disk. */
    default void finished(Sample sample) {
    }

    /** Something went wrong that the run copes with: a lost worker, a damaged shard. For people. */
    default void notice(String message) {
    }
}
