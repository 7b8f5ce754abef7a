// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A shard in the making: samples are appended one by one, each safe on disk at once, and become the shard's file when
 * all are there. Whoever has it, has the shard's lock; closed before that, it stays for the next run. For one thread.
 */
public final class ShardJournal implements AutoCloseable {
    private final DatasetFolder folder;
    private final int shard;
    private final Journal journal;
    private final TreeMap<Long, Sample> samples = new TreeMap<>();
    private boolean complete;

    private ShardJournal(DatasetFolder folder, int shard, Journal journal) {
        this.folder = folder;
        this.shard = shard;
        this.journal = journal;
    }

    /**
     * Takes a shard in hand, with the samples that earlier runs left in its journal. Where these are all, or another
     * process completed it meanwhile, it is complete at once.
     *
     * @return empty where another process has it in hand
     * @throws DatasetException when the journal is of another frame than the dataset
     * @throws IOException      when a file cannot be read or written
     */
    public static Optional<ShardJournal> take(DatasetFolder folder, int shard) throws IOException {
        Optional<Journal> locked = Journal.open(folder.journal(shard));
        if (locked.isEmpty()) {
            return Optional.empty();
        }
        ShardJournal taken = new ShardJournal(folder, shard, locked.get());
        try {
            taken.begin();
            return Optional.of(taken);
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        if (folder.state(shard) == ShardState.WHOLE) {
            journal.delete();
            complete = true;
            return;
        }
        DatasetPlan plan = folder.plan();
        samples.putAll(journal.read(plan.firstIndex(shard), plan.samplesIn(shard)));
        samples.values().forEach(this::requireFrame);
        completeIfFull();
    }

    private void requireFrame(Sample sample) {
        if (sample.frame() != folder.plan().frame()) {
            throw new DatasetException(folder.journal(shard) + " holds samples in the frame " + sample.frame().label()
                    + ", the dataset is in " + folder.plan().frame().label() + ": the two must not be mixed. Delete the"
                    + " journal, and its samples are made again");
        }
    }

    /**
     * Turns a whole shard back into a journal of some of its samples: the others are then missing as after any
     * interruption. Until the journal is on disk, the shard stays.
     *
     * @param kept which samples stay
     * @return false where another process has the shard in hand or had it meanwhile, and it stays as it is
     * @throws DatasetException when the shard cannot be read
     * @throws IOException      when a file cannot be written
     */
    public static boolean reopen(DatasetFolder folder, int shard, Predicate<Sample> kept) throws IOException {
        Optional<Journal> locked = Journal.open(folder.journal(shard));
        if (locked.isEmpty()) {
            return false;
        }
        try (Journal journal = locked.get()) {
            if (folder.state(shard) != ShardState.WHOLE) {
                return false;
            }
            List<Sample> all = Shards.read(folder, shard);
            // A kill between a shard's last byte and the end of its journal leaves all samples there, failed ones too.
            journal.clear();
            for (Sample sample : all) {
                if (kept.test(sample)) {
                    journal.append(sample);
                }
            }
            // The file before its checksum: without one it would count as damaged, which asks for no journal.
            Path file = folder.shard(shard);
            Files.delete(file);
            Files.deleteIfExists(SafeFiles.checksumOf(file));
        }
        return true;
    }

    /** The samples that are still to be made, in ascending order of index; none when the shard is complete. */
    public List<Long> missing() {
        List<Long> missing = new ArrayList<>();
        long first = folder.plan().firstIndex(shard);
        for (long index = first; !complete && index < first + folder.plan().samplesIn(shard); index++) {
            if (!samples.containsKey(index)) {
                missing.add(index);
            }
        }
        return missing;
    }

    /**
     * Returns when the sample is on disk.
     *
     * @param sample one of those that are missing
     */
    public void append(Sample sample) throws IOException {
        journal.append(sample);
        samples.put(sample.index(), sample);
    }

    /**
     * Writes the shard's file where all samples are there, and lets the journal go.
     *
     * @return whether the shard is complete
     */
    public boolean completeIfFull() throws IOException {
        if (!complete && samples.size() == folder.plan().samplesIn(shard)) {
            Shards.write(folder, shard, samples.values());
            journal.delete();
            complete = true;
        }
        return complete;
    }

    /** Gives the lock back; what was appended stays. */
    @Override
    public void close() throws IOException {
        if (!complete) {
            journal.close();
        }
    }
}
