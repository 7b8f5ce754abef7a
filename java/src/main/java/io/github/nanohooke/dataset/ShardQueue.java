// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The samples that a run has to make, handed out one by one, and what becomes of them: into the journal, and, when a
 * shard is complete, into its file. Thread-safe. A shard is opened when its first sample is asked for, so that workers
 * go on to the next one while the last samples of a shard are in hand.
 */
final class ShardQueue implements AutoCloseable {
    private final DatasetFolder folder;
    private final RunListener listener;
    private final Deque<Integer> shardsToOpen = new ArrayDeque<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final List<Integer> heldByOthers = new ArrayList<>();
    private int inWholeShards;
    private int inJournals;

    /** A shard that is being made. */
    private record Open(Journal journal, TreeMap<Long, Sample> samples) {
    }

    private ShardQueue(DatasetFolder folder, RunListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Looks at every shard of the share; damaged ones are made again. */
    static ShardQueue of(DatasetFolder folder, Share share, RunListener listener) throws IOException {
        ShardQueue queue = new ShardQueue(folder, listener);
        DatasetPlan plan = folder.plan();
        for (int shard = 0; shard < plan.shards(); shard++) {
            if (!share.has(shard)) {
                continue;
            }
            SafeFiles.State state = folder.state(shard);
            if (state == SafeFiles.State.WHOLE) {
                queue.inWholeShards += plan.samplesIn(shard);
            } else {
                if (state == SafeFiles.State.DAMAGED) {
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
        DatasetPlan plan = folder.plan();
        Optional<Journal> journal = Journal.open(folder.journal(shard));
        if (journal.isEmpty()) {
            heldByOthers.add(shard);
            return;
        }
        if (folder.state(shard) == SafeFiles.State.WHOLE) {
            // Another process completed it between our first look and the lock.
            journal.get().delete();
            return;
        }
        Open opened = new Open(journal.get(),
                journal.get().read(plan.firstIndex(shard), plan.samplesIn(shard)));
        opened.samples.values().forEach(sample -> requireFrame(sample, shard));
        open.put(shard, opened);
        for (long index = plan.firstIndex(shard); index < plan.firstIndex(shard) + plan.samplesIn(shard); index++) {
            if (!opened.samples.containsKey(index)) {
                waiting.add(index);
            }
        }
        completeIfFull(shard, opened);
    }

    private void requireFrame(Sample sample, int shard) {
        if (sample.frame() != folder.plan().frame()) {
            throw new DatasetException(folder.journal(shard) + " holds samples in the frame " + sample.frame().label()
                    + ", the dataset is in " + folder.plan().frame().label() + ": the two must not be mixed. Delete the"
                    + " journal, and its samples are made again");
        }
    }

    /** Keeps a sample. */
    synchronized void finished(Sample sample) throws IOException {
        int shard = (int) (sample.index() / folder.plan().shardSize());
        Open opened = open.get(shard);
        opened.journal.append(sample);
        opened.samples.put(sample.index(), sample);
        listener.finished(sample);
        completeIfFull(shard, opened);
    }

    private void completeIfFull(int shard, Open opened) throws IOException {
        if (opened.samples.size() == folder.plan().samplesIn(shard)) {
            Shards.write(folder, shard, opened.samples.values());
            opened.journal.delete();
            open.remove(shard);
        }
    }

    synchronized void notice(String message) {
        listener.notice(message);
    }

    /** Gives the locks back; journals stay for the next run. */
    @Override
    public synchronized void close() throws IOException {
        for (Open opened : open.values()) {
            opened.journal.close();
        }
        open.clear();
    }
}
