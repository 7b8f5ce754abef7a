// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Takes failed samples out of whole shards, so that they are made again. */
final class FailedSamples {
    private FailedSamples() {
    }

    /**
     * Turns every whole shard with failed samples back into a journal of the others: from there a run goes on as after
     * any interruption. Until the journal is whole, the shard stays.
     *
     * @throws IOException when a file cannot be written
     */
    static void reopen(DatasetFolder folder, Share share, RunListener listener) throws IOException {
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            if (share.has(shard) && folder.state(shard) == SafeFiles.State.WHOLE) {
                List<Sample> samples = Shards.read(folder, shard);
                long failed = samples.stream().filter(s -> s.status() == SampleStatus.FAILED).count();
                if (failed > 0) {
                    reopen(folder, shard, samples, listener);
                    listener.notice(folder.shard(shard) + ": " + failed + " failed samples are made again");
                }
            }
        }
    }

    private static void reopen(DatasetFolder folder, int shard, List<Sample> samples, RunListener listener)
            throws IOException {
        Optional<Journal> opened = Journal.open(folder.journal(shard));
        if (opened.isEmpty()) {
            listener.notice(folder.shard(shard) + " is in the hands of another run; its failed samples stay");
            return;
        }
        try (Journal journal = opened.get()) {
            journal.read(folder.plan().firstIndex(shard), folder.plan().samplesIn(shard));
            for (Sample sample : samples) {
                if (sample.status() != SampleStatus.FAILED) {
                    journal.append(sample);
                }
            }
            // The file before its checksum: without one it would count as damaged, which asks for no journal.
            Files.delete(folder.shard(shard));
            Files.deleteIfExists(SafeFiles.checksumOf(folder.shard(shard)));
        }
    }
}
