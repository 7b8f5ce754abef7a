// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.report;

import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.run.DatasetFactory;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetCheck;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.random.Mixing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

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
        DatasetCheck.Report files = DatasetCheck.of(folder);
        List<String> problems = new ArrayList<>(files.ofShards());
        FailureSummary.of(files.readable().stream().map(shard -> Dataset.ofShard(folder, shard)).toList())
                .objection(folder.path()).ifPresent(objection -> problems.add(folder.path() + ": " + objection));
        files.ofMerged().ifPresent(problems::add);
        return problems;
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
        List<Long> picked = IntStream.range(0, samples)
                .mapToObj(k -> Math.floorMod(Mixing.of(plan.seed(), k, PICK), (long) plan.count())).toList();
        DatasetFactory.makeHere(plan, picked, progress, again -> {
            for (String column : DatasetCheck.differences(folder, again)) {
                problems.add("sample " + again.index() + ": " + column + " comes out differently");
            }
        });
        return problems;
    }
}
