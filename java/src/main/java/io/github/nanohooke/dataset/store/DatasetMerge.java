// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the shards of a complete dataset into one file. The same shards give the same bytes. Everything is held in
 * memory meanwhile, about 35 KB a sample at 256 x 256 pixels; jhdf's limit of 2 GB a column allows 165,000 samples.
 */
public final class DatasetMerge {

    private DatasetMerge() {
    }

    /**
     * @return the merged file, {@link DatasetFolder#merged()}; its checksum and {@code timings.csv} lie beside it
     * @throws DatasetException when a shard is missing, damaged or in another frame
     * @throws IOException      when the file cannot be written
     */
    public static Path merge(DatasetFolder folder) throws IOException {
        List<Integer> missing = folder.missing(Share.whole());
        if (!missing.isEmpty()) {
            throw new DatasetException(missing.size() + " of " + folder.plan().shards()
                    + " shards are missing or damaged, the first is " + folder.shard(missing.get(0)).getFileName()
                    + "; run 'nanohooke dataset --resume --out " + folder.path() + "' first");
        }
        List<Columns> tables = new ArrayList<>();
        StringBuilder timings = new StringBuilder(Shards.TIMINGS_HEADER);
        for (int shard = 0; shard < folder.plan().shards(); shard++) {
            requireFrame(folder, folder.shard(shard));
            tables.add(TableFile.read(folder.shard(shard)));
            appendTimings(folder.timings(shard), timings);
        }
        Columns whole = Columns.concatenate(tables);
        tables.clear();
        AtomicFile.writeText(folder.mergedTimings(), timings);
        SafeFiles.writeWithChecksum(folder.merged(), path -> TableFile.write(path, whole, folder.attributes()));
        return folder.merged();
    }

    private static void requireFrame(DatasetFolder folder, Path shard) {
        TensorFrame frame = TableFile.frame(shard);
        if (frame != folder.plan().frame()) {
            throw new DatasetException(shard + " holds tensors in the frame " + frame.label() + ", the dataset is in "
                    + folder.plan().frame().label() + ": the two must not be mixed. Delete it and run 'nanohooke dataset"
                    + " --resume --out " + folder.path() + "'");
        }
    }

    // Timings are no part of the dataset: where they were lost, it is still whole.
    private static void appendTimings(Path file, StringBuilder timings) throws IOException {
        if (Files.exists(file)) {
            timings.append(Files.readString(file).substring(Shards.TIMINGS_HEADER.length()));
        }
    }
}
