// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.ShardJournal;
import io.github.nanohooke.dataset.store.ShardState;
import java.io.IOException;
import java.util.stream.IntStream;

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
            if (share.has(shard) && folder.state(shard) == ShardState.WHOLE) {
                Dataset samples = Dataset.ofShard(folder, shard);
                long failed = IntStream.range(0, samples.size())
                        .filter(i -> samples.status(i) == SampleStatus.FAILED).count();
                if (failed > 0) {
                    boolean ours = ShardJournal.reopen(folder, shard, s -> s.status() != SampleStatus.FAILED);
                    listener.notice(folder.shard(shard) + (ours ? ": " + failed + " failed samples are made again"
                            : " is in the hands of another run; its failed samples stay"));
                }
            }
        }
    }
}
