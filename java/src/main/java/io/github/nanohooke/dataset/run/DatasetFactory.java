// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.store.DatasetFolder;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
     * @throws EnvironmentFaultException when the machine is at fault: memory, a vanished file, workers that do not
     *         start
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

    /**
     * Makes samples in this process, one after the other, and keeps none.
     *
     * @param indices of the samples
     * @param begun   is told each sample's index before it is made
     * @param made    takes each sample
     * @throws DatasetException when this version makes no samples of such a plan
     * @throws io.github.nanohooke.MissingLibraryException when the plan's method cannot run here
     * @throws io.github.nanohooke.NanohookeException when the machine is at fault
     */
    public static void makeHere(DatasetPlan plan, Iterable<Long> indices, Consumer<Long> begun,
            Consumer<Sample> made) {
        try (SampleMaker maker = new SampleMaker(plan)) {
            for (long index : indices) {
                begun.accept(index);
                made.accept(maker.make(index));
            }
        }
    }
}
