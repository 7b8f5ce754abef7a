// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.report;

import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.ShardState;
import io.github.nanohooke.io.ShellWords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many samples came to nothing, and why: a dataset that mostly failed is no dataset, whatever its checksums say.
 *
 * @param samples all of them
 * @param failed  without a result
 * @param kept    fit to train with
 * @param common  of those that were not kept, the number with the most frequent reason, numbers in it aside
 * @param example the first of these: index and reason
 */
public record FailureSummary(int samples, int failed, int kept, int common, String example) {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.eE+-]*");

    /** Of the whole shards of a share. */
    public static FailureSummary of(DatasetFolder folder, Share share) throws IOException {
        List<Dataset> shards = new ArrayList<>();
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            if (share.has(shard) && folder.state(shard) == ShardState.WHOLE) {
                shards.add(Dataset.ofShard(folder, shard));
            }
        }
        return of(shards);
    }

    static FailureSummary of(Iterable<Dataset> shards) {
        Map<String, List<String>> byReason = new HashMap<>();
        int samples = 0;
        int failed = 0;
        int kept = 0;
        for (Dataset shard : shards) {
            for (int i = 0; i < shard.size(); i++) {
                SampleStatus status = shard.status(i);
                samples++;
                failed += status == SampleStatus.FAILED ? 1 : 0;
                kept += status == SampleStatus.KEPT ? 1 : 0;
                String reason = shard.reason(i);
                if (status != SampleStatus.KEPT) {
                    byReason.computeIfAbsent(NUMBER.matcher(reason).replaceAll("#"), r -> new ArrayList<>())
                            .add("sample " + shard.index(i) + ": " + reason);
                }
            }
        }
        List<String> common = byReason.values().stream().max((a, b) -> a.size() - b.size()).orElse(List.of());
        return new FailureSummary(samples, failed, kept, common.size(), common.isEmpty() ? "" : common.get(0));
    }

    /**
     * What is wrong with the whole, for people, and what to do: half of the samples or more failed, or none is kept.
     *
     * @param folder of the dataset
     */
    public Optional<String> objection(Path folder) {
        if (samples == 0 || 2 * failed < samples && kept > 0) {
            return Optional.empty();
        }
        String what = 2 * failed >= samples ? failed + " of " + samples + " samples failed"
                : "none of " + samples + " samples is kept";
        return Optional.of(what + ", " + common + " for one reason, for example " + example
                + (failed == 0 ? ""
                : ". When that is mended, this makes the failed ones again: nanohooke dataset --resume"
                        + " --retry-failed --out " + ShellWords.quoted(folder)));
    }
}
