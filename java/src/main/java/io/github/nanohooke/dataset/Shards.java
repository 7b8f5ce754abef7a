// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** Writes the files of one shard. */
final class Shards {
    static final String TIMINGS_HEADER = "index,seconds\n";

    private Shards() {
    }

    /** @param samples all samples of the shard in ascending order of index */
    static void write(DatasetFolder folder, int shard, Collection<Sample> samples) throws IOException {
        DatasetPlan plan = folder.plan();
        StringBuilder timings = new StringBuilder(TIMINGS_HEADER);
        for (Sample sample : samples) {
            timings.append(sample.index()).append(',').append(sample.seconds()).append('\n');
        }
        AtomicFile.writeText(folder.timings(shard), timings);
        Map<String, Object> attributes = folder.attributes();
        attributes.put("shard", (long) shard);
        attributes.put("first_index", (long) plan.firstIndex(shard));
        Columns table = Columns.of(plan.seed(), samples);
        SafeFiles.writeWithChecksum(folder.shard(shard), path -> TableFile.write(path, table, attributes));
    }
}
