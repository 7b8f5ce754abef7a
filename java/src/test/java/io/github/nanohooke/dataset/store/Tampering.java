// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What no run does to a dataset's files. */
public final class Tampering {
    private Tampering() {
    }

    public static void loseChecksum(DatasetFolder dataset, int shard) throws IOException {
        Files.delete(SafeFiles.checksumOf(dataset.shard(shard)));
    }

    /** A merged file of the first two shards in the wrong order. */
    public static void mergeInOtherOrder(DatasetFolder dataset) {
        Columns otherOrder = Columns.concatenate(
                List.of(TableFile.read(dataset.shard(1)), TableFile.read(dataset.shard(0))));
        SafeFiles.writeWithChecksum(dataset.merged(),
                path -> TableFile.write(path, otherOrder, dataset.attributes()));
    }

    /** Changes a sample's porosity in a shard that stays whole by its checksum. */
    public static void changePorosity(DatasetFolder dataset, int shard, int row, double by) {
        Columns table = TableFile.read(dataset.shard(shard));
        ((double[]) table.array(Column.POROSITY))[row] += by;
        SafeFiles.writeWithChecksum(dataset.shard(shard), path -> TableFile.write(path, table, dataset.attributes()));
    }
}
