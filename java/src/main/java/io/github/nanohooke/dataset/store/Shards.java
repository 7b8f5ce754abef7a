// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes and reads the files of one shard. */
final class Shards {
    static final String TIMINGS_HEADER = "index,seconds\n";

    private Shards() {
    }

    /** @param samples all samples of the shard in ascending order of index */
    static void write(DatasetFolder folder, int shard, Collection<Sample> samples) throws IOException {
        DatasetPlan plan = folder.plan();
        StringBuilder timings = new StringBuilder(TIMINGS_HEADER);
        for (Sample sample : samples) {
            timings.append(Csv.line(sample.index(), sample.seconds()));
        }
        AtomicFile.writeText(folder.timings(shard), timings);
        Map<String, Object> attributes = folder.attributes();
        attributes.put("shard", (long) shard);
        attributes.put("first_index", (long) plan.firstIndex(shard));
        Columns table = Columns.of(plan, samples);
        SafeFiles.writeWithChecksum(folder.shard(shard), path -> TableFile.write(path, table, attributes));
    }

    /** Lines of index and seconds; none where they were lost: they are no part of the dataset. */
    static List<String> timings(DatasetFolder folder, int shard) throws IOException {
        Path file = folder.timings(shard);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        return lines.stream().filter(line -> line.matches("\\d{1,18},([0-9.E-]+|NaN)") && isNumber(line)).toList();
    }

    private static boolean isNumber(String line) {
        try {
            Double.parseDouble(line.substring(line.indexOf(',') + 1));
            return true;
        } catch (NumberFormatException damaged) {
            return false;
        }
    }

    /** The samples that a whole shard was written from; without their times where those were lost. */
    static List<Sample> read(DatasetFolder folder, int shard) throws IOException {
        Map<Long, Double> seconds = new HashMap<>();
        for (String line : timings(folder, shard)) {
            String[] fields = line.split(",");
            seconds.put(Long.valueOf(fields[0]), Double.valueOf(fields[1]));
        }
        Columns table = TableFile.read(folder.shard(shard));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            samples.add(table.sample(i, folder.plan().frame(), seconds.getOrDefault(table.indices()[i], Double.NaN)));
        }
        return samples;
    }
}
