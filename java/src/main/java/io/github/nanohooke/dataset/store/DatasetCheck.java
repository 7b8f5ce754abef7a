// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a dataset's files are whole, and hold what its plan says: checksum and content of every shard, and the merged
 * file, where there is one, against them. One shard is in memory at a time, with a stretch of the merged file.
 */
public final class DatasetCheck {
    private final DatasetFolder folder;
    private final List<String> ofShards = new ArrayList<>();
    private final List<Integer> readable = new ArrayList<>();

    private DatasetCheck(DatasetFolder folder) {
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param ofShards what is wrong with shards, one line each
     * @param readable shards whose files are whole and could be read
     * @param ofMerged what is wrong with the merged file
     */
    public record Report(List<String> ofShards, List<Integer> readable, Optional<String> ofMerged) {
        public Report {
            ofShards = List.copyOf(ofShards);
            readable = List.copyOf(readable);
        }
    }

    /**
     * @throws DatasetException when the merged file has its checksum but is no table
     * @throws IOException      when a file cannot be read
     */
    public static Report of(DatasetFolder folder) throws IOException {
        return new DatasetCheck(folder).check();
    }

    private Report check() throws IOException {
        ShardState merged = SafeFiles.check(folder.merged());
        MergedRows whole = merged == ShardState.WHOLE ? new MergedRows(folder.merged()) : null;
        boolean same = true;
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            Optional<Columns> table = readable(shard);
            if (table.isPresent()) {
                readable.add(shard);
                same &= whole == null || whole.goesOnWith(table.get());
            }
        }
        if (merged == ShardState.DAMAGED) {
            return report(" does not have the checksum beside it");
        }
        boolean comparable = whole != null && readable.size() == folder.plan().shards();
        return comparable && !(same && whole.isAtEnd()) ? report(" differs from the shards")
                : new Report(ofShards, readable, Optional.empty());
    }

    private Report report(String objection) {
        return new Report(ofShards, readable,
                Optional.of(folder.merged() + objection + "; run 'nanohooke dataset merge' again"));
    }

    private Optional<Columns> readable(int shard) throws IOException {
        try {
            return checkShard(shard);
        } catch (DatasetException e) {
            ofShards.add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Columns> checkShard(int shard) throws IOException {
        Path file = folder.shard(shard);
        ShardState state = folder.state(shard);
        if (state != ShardState.WHOLE) {
            ofShards.add(file + (state == ShardState.MISSING ? " is missing"
                    : " does not have the checksum beside it") + "; run 'nanohooke dataset --resume' to make it again");
            return Optional.empty();
        }
        DatasetPlan plan = folder.plan();
        folder.requirePlan(shard);
        Columns table = TableFile.read(file);
        long[] indices = table.indices();
        boolean right = indices.length == plan.samplesIn(shard);
        for (int i = 0; right && i < indices.length; i++) {
            right = indices[i] == plan.firstIndex(shard) + i;
        }
        if (!right) {
            ofShards.add(file + " does not hold the samples " + plan.firstIndex(shard) + " to "
                    + (plan.firstIndex(shard) + plan.samplesIn(shard) - 1));
        }
        return Optional.of(table);
    }

    /**
     * What is stored of a sample, compared with the same sample made again, bit by bit.
     *
     * @return the columns' names in which they differ
     * @throws DatasetException when its shard cannot be read
     */
    public static List<String> differences(DatasetFolder folder, Sample again) {
        DatasetPlan plan = folder.plan();
        int shard = (int) (again.index() / plan.shardSize());
        Columns stored = TableFile.read(folder.shard(shard))
                .stretch((int) again.index() - plan.firstIndex(shard), 1);
        return Columns.of(plan, List.of(again)).differences(stored).stream().map(Column::label).toList();
    }
}
