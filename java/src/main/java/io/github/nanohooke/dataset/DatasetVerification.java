// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.random.Mixing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Checks that a dataset is what it says it is. */
public final class DatasetVerification {
    private static final long PICK = 0x566572696679L;

    private DatasetVerification() {
    }

    /**
     * Checks the checksum and content of every shard, the merged file, if there is one, against the shards, and
     * whether there are results at all.
     *
     * @return what is wrong, one line each; empty when all is well
     */
    public static List<String> verify(DatasetFolder folder) throws IOException {
        List<String> problems = new ArrayList<>();
        List<Columns> tables = new ArrayList<>();
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            try {
                checkShard(folder, shard, tables, problems);
            } catch (DatasetException e) {
                problems.add(e.getMessage());
            }
        }
        FailureSummary.of(tables).objection(folder.path())
                .ifPresent(objection -> problems.add(folder.path() + ": " + objection));
        SafeFiles.State merged = SafeFiles.check(folder.merged());
        if (merged == SafeFiles.State.DAMAGED) {
            problems.add(folder.merged()
                    + " does not have the checksum beside it; run 'nanohooke dataset merge' again");
        } else if (merged == SafeFiles.State.WHOLE && tables.size() == folder.plan().shards()
                && !TableFile.read(folder.merged()).sameAs(Columns.concatenate(tables))) {
            problems.add(folder.merged() + " differs from the shards; run 'nanohooke dataset merge' again");
        }
        return problems;
    }

    private static void checkShard(DatasetFolder folder, int shard, List<Columns> tables, List<String> problems)
            throws IOException {
        Path file = folder.shard(shard);
        SafeFiles.State state = folder.state(shard);
        if (state != SafeFiles.State.WHOLE) {
            problems.add(file + (state == SafeFiles.State.MISSING ? " is missing"
                    : " does not have the checksum beside it") + "; run 'nanohooke dataset --resume' to make it again");
            return;
        }
        DatasetPlan plan = folder.plan();
        if (!PlanJson.write(plan).toString().equals(TableFile.attributes(file).get("plan"))) {
            problems.add(file + " was made from another plan; delete it and run 'nanohooke dataset --resume'");
        }
        Columns table = TableFile.read(file);
        tables.add(table);
        long[] indices = table.indices();
        boolean right = indices.length == plan.samplesIn(shard);
        for (int i = 0; right && i < indices.length; i++) {
            right = indices[i] == plan.firstIndex(shard) + i;
        }
        if (!right) {
            problems.add(file + " does not hold the samples " + plan.firstIndex(shard) + " to "
                    + (plan.firstIndex(shard) + plan.samplesIn(shard) - 1));
        }
    }

    /**
     * Makes some samples again, drawn by the dataset's seed, and compares them bit by bit. Run on other hardware or
     * libraries than the dataset's, the last digits may differ.
     *
     * @param progress is told each sample's index before it is made
     * @return what is wrong, one line each
     */
    public static List<String> recalculate(DatasetFolder folder, int samples, Consumer<Long> progress) {
        DatasetPlan plan = folder.plan();
        List<String> problems = new ArrayList<>();
        try (SampleMaker maker = new SampleMaker(plan)) {
            for (int k = 0; k < samples; k++) {
                long index = Math.floorMod(Mixing.of(plan.seed(), k, PICK), (long) plan.count());
                progress.accept(index);
                int shard = (int) (index / plan.shardSize());
                Columns stored = TableFile.read(folder.shard(shard)).row((int) index - plan.firstIndex(shard));
                Columns again = Columns.of(plan, List.of(maker.make(index)));
                for (Column column : again.differences(stored)) {
                    problems.add("sample " + index + ": " + column.label() + " comes out differently");
                }
            }
        }
        return problems;
    }
}
