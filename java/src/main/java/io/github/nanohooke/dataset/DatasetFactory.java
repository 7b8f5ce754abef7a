// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.EnvironmentFaultException;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes datasets, or what is missing of them, with worker processes. */
public final class DatasetFactory {

    private DatasetFactory() {
    }

    /**
     * How a run ended.
     *
     * @param complete     whether every shard of the run's share is there
     * @param stopped      whether it was asked to stop
     * @param heldByOthers shards that were left to other processes, which have them in hand
     */
    public record Report(boolean complete, boolean stopped, List<Integer> heldByOthers) {
        public Report {
            heldByOthers = List.copyOf(heldByOthers);
        }
    }

    /**
     * Makes the samples of a share that are not there yet. Whatever ends it, finished samples are kept, and another run
     * goes on from there.
     *
     * @param stop asked several times a second: whether to stop after the samples in hand
     * @throws IOException      when a file cannot be written, for example because the disk is full
     * @throws DatasetException when many workers in a row are lost, or what is missing can no longer be made because
     *                          the dataset is in another frame than this version's
     * @throws EnvironmentFaultException when the machine is at fault: memory, a vanished file, workers that do not start
     * @throws io.github.nanohooke.MissingLibraryException when the plan's method cannot run here
     */
    public static Report run(DatasetFolder folder, RunSettings settings, RunListener listener, BooleanSupplier stop)
            throws IOException {
        DatasetPlan plan = folder.plan();
        folder.makeFolders();
        if (settings.retryFailed()) {
            plan.requireMakeable();
            FailedSamples.reopen(folder, settings.share(), listener);
        }
        int total = 0;
        for (int shard = 0; shard < plan.shards(); shard++) {
            total += settings.share().has(shard) ? plan.samplesIn(shard) : 0;
        }
        try (ShardQueue queue = ShardQueue.of(folder, settings.share(), listener)) {
            listener.begin(total, queue.madeEarlier());
            WorkerPool pool = new WorkerPool(folder, settings, queue, stop);
            if (queue.hasWork()) {
                plan.requireMakeable();
                pool.run(Math.max(1, Math.min(settings.workers(), total - queue.madeEarlier())));
            }
            boolean complete = folder.missing(settings.share()).isEmpty();
            return new Report(complete, stop.getAsBoolean(), queue.heldByOthers());
        }
    }
}
