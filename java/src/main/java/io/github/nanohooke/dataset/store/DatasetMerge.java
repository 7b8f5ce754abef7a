// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the shards of a complete dataset into one file. The same shards give the same bytes. Memory does not grow with
 * the dataset: a column of a shard is held at a time.
 */
public final class DatasetMerge {

    private DatasetMerge() {
    }

    /**
     * @return the merged file, {@link DatasetFolder#merged()}; its checksum and {@code timings.csv} lie beside it
     * @throws DatasetException when a shard is missing, damaged, in another frame or of another plan
     * @throws IOException      when the file cannot be written
     */
    public static Path merge(DatasetFolder folder) throws IOException {
        List<Integer> missing = folder.missing(Share.whole());
        if (!missing.isEmpty()) {
            throw new DatasetException(missing.size() + " of " + folder.plan().shards()
                    + " shards are missing or damaged, the first is " + folder.shard(missing.get(0)).getFileName()
                    + "; first " + folder.resume());
        }
        List<TableWriter.Part> parts = new ArrayList<>();
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            Path file = folder.shard(shard);
            folder.requirePlan(shard);
            parts.add(column -> TableFile.read(file, List.of(column)).get(column));
        }
        AtomicFile.writeText(folder.mergedTimings(), out -> {
            out.write(Shards.TIMINGS_HEADER);
            for (int shard = 0; shard < folder.plan().shards(); shard++) {
                for (String line : Shards.timings(folder, shard)) {
                    out.write(line + "\n");
                }
            }
        });
        SafeFiles.writeWithChecksum(folder.merged(), path -> TableWriter.write(path, parts, folder.attributes()));
        return folder.merged();
    }
}
