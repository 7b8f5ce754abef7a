// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

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
        List<Columns> tables = new ArrayList<>();
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            if (share.has(shard) && folder.state(shard) == SafeFiles.State.WHOLE) {
                tables.add(new Columns(TableFile.read(folder.shard(shard),
                        List.of(Column.INDEX, Column.STATUS, Column.REASON))));
            }
        }
        return of(tables);
    }

    /** @param tables with the columns index, status and reason at least */
    static FailureSummary of(List<Columns> tables) {
        Map<String, List<String>> byReason = new HashMap<>();
        int samples = 0;
        int failed = 0;
        int kept = 0;
        for (Columns table : tables) {
            byte[] status = (byte[]) table.array(Column.STATUS);
            for (int i = 0; i < status.length; i++) {
                samples++;
                failed += status[i] == SampleStatus.FAILED.code() ? 1 : 0;
                kept += status[i] == SampleStatus.KEPT.code() ? 1 : 0;
                String reason = ((String[]) table.array(Column.REASON))[i];
                if (status[i] != SampleStatus.KEPT.code()) {
                    byReason.computeIfAbsent(NUMBER.matcher(reason).replaceAll("#"), r -> new ArrayList<>())
                            .add("sample " + table.indices()[i] + ": " + reason);
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
                + (failed == 0 ? "" : ". When that is mended, this makes the failed ones again: nanohooke dataset --resume"
                        + " --retry-failed --out " + folder));
    }
}
