// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.ShardJournal;
import io.github.nanohooke.dataset.store.ShardState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The samples that a run has to make, handed out one by one, and what becomes of them: into the journal, and, when a
 * shard is complete, into its file. Thread-safe. A shard is opened when its first sample is asked for, so that workers
 * go on to the next one while the last samples of a shard are in hand.
 */
final class ShardQueue implements AutoCloseable {
    private final DatasetFolder folder;
    private final RunListener listener;
    private final Deque<Integer> shardsToOpen = new ArrayDeque<>();
    private final Map<Integer, ShardJournal> open = new HashMap<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final List<Integer> heldByOthers = new ArrayList<>();
    private int inWholeShards;
    private int inJournals;

    private ShardQueue(DatasetFolder folder, RunListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /**
     * Looks at every shard of the share; damaged ones are made again.
     *
     * @throws io.github.nanohooke.dataset.DatasetException when one is of another dataset
     */
    static ShardQueue of(DatasetFolder folder, Share share, RunListener listener) throws IOException {
        ShardQueue queue = new ShardQueue(folder, listener);
        DatasetPlan plan = folder.plan();
        for (int shard = 0; shard < plan.shards(); shard++) {
            if (!share.has(shard)) {
                continue;
            }
            ShardState state = folder.state(shard);
            if (state == ShardState.WHOLE) {
                folder.requirePlan(shard);
                queue.inWholeShards += plan.samplesIn(shard);
            } else {
                if (state == ShardState.DAMAGED) {
                    listener.notice(folder.shard(shard) + " is damaged (its checksum is wrong or missing);"
                            + " it is made again");
                }
                queue.inJournals += folder.journalled(shard);
                queue.shardsToOpen.add(shard);
            }
        }
        return queue;
    }

    /** Samples of the share that earlier runs made: in whole shards, and in the journals of others. */
    int madeEarlier() {
        return inWholeShards + inJournals;
    }

    /** Whether a shard of the share is missing, be it only to be written from its journal. */
    boolean hasWork() {
        return !shardsToOpen.isEmpty();
    }

    /** Shards that other processes have locked, and that were therefore left to them. */
    synchronized List<Integer> heldByOthers() {
        return List.copyOf(heldByOthers);
    }

    /** The next sample to make; empty when all are made or in hand. */
    synchronized Optional<Long> next() throws IOException {
        while (waiting.isEmpty() && !shardsToOpen.isEmpty()) {
            openShard(shardsToOpen.remove());
        }
        return Optional.ofNullable(waiting.poll());
    }

    private void openShard(int shard) throws IOException {
        Optional<ShardJournal> taken = ShardJournal.take(folder, shard);
        if (taken.isEmpty()) {
            heldByOthers.add(shard);
        } else if (!taken.get().completeIfFull()) {
            open.put(shard, taken.get());
            waiting.addAll(taken.get().missing());
        }
    }

    /** Keeps a sample. */
    synchronized void finished(Sample sample) throws IOException {
        int shard = (int) (sample.index() / folder.plan().shardSize());
        ShardJournal opened = open.get(shard);
        opened.append(sample);
        listener.finished(sample);
        if (opened.completeIfFull()) {
            open.remove(shard);
        }
    }

    synchronized void notice(String message) {
        listener.notice(message);
    }

    /** Gives the locks back; journals stay for the next run. */
    @Override
    public synchronized void close() throws IOException {
        for (ShardJournal opened : open.values()) {
            opened.close();
        }
        open.clear();
    }
}
