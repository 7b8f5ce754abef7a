// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.io.CheckedLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The rows of a comparison so far, each on disk before the next is begun: a run that was stopped or killed goes on
 * where it was. The first line says what the rows depend on; other settings are refused.
 *
 * @param <R> one structure's row
 */
public final class RowJournal<R extends Record> implements AutoCloseable {
    private final CheckedLines lines;
    private final ToLongFunction<R> index;
    private final TreeMap<Long, R> rows = new TreeMap<>();

    private RowJournal(CheckedLines lines, ToLongFunction<R> index) {
        this.lines = lines;
        this.index = index;
    }

    /** What the rows depend on, as text for people. */
    private record Settings(Map<String, String> values) {
    }

    /**
     * Opens a journal, old or new, and holds its lock until it is closed.
     *
     * @param settings what the rows depend on
     * @param index    tells a row's structure
     * @throws DatasetException when the file has other settings or is in use by another run
     */
    public static <R extends Record> RowJournal<R> open(Path file, Map<String, String> settings, Class<R> type,
            ToLongFunction<R> index) throws IOException {
        CheckedLines lines = CheckedLines.open(file).orElseThrow(() -> new DatasetException(file
                + " is in use by another run; wait for it or choose another folder"));
        try {
            RowJournal<R> journal = new RowJournal<>(lines, index);
            journal.read(file, new Settings(new TreeMap<>(settings)), type);
            return journal;
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private void read(Path file, Settings settings, Class<R> type) throws IOException {
        List<CheckedLines.Line> whole = new ArrayList<>();
        lines.read(whole::add);
        if (whole.isEmpty()) {
            lines.append(settings);
            return;
        }
        Settings there = whole.get(0).value(Settings.class).orElseThrow(() -> new DatasetException(
                file + " does not begin with its settings; it is damaged or no journal"));
        List<String> differences = differences(there.values(), settings.values());
        if (!differences.isEmpty()) {
            throw new DatasetException(file + " was begun with other settings: " + String.join("; ", differences)
                    + "; choose another folder");
        }
        for (CheckedLines.Line line : whole.subList(1, whole.size())) {
            line.value(type).ifPresent(row -> rows.put(index.applyAsLong(row), row));
        }
    }

    private static List<String> differences(Map<String, String> there, Map<String, String> asked) {
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> names = new TreeMap<>(there);
        names.putAll(asked);
        for (String name : names.keySet()) {
            if (!String.valueOf(there.get(name)).equals(asked.get(name))) {
                differences.add(name + " is " + there.getOrDefault(name, "not told") + " there, "
                        + asked.getOrDefault(name, "nothing") + " was asked for");
            }
        }
        return differences;
    }

    /** Whether a structure's row is there. */
    public boolean has(long structure) {
        return rows.containsKey(structure);
    }

    /** All rows that are there, in ascending order of structure. */
    public List<R> rows() {
        return List.copyOf(rows.values());
    }

    /** The rows of these structures that are there, in their order. */
    public List<R> rows(List<Long> structures) {
        return structures.stream().filter(rows::containsKey).map(rows::get).toList();
    }

    /** Returns when the row is on disk. */
    public void append(R row) throws IOException {
        lines.append(row);
        rows.put(index.applyAsLong(row), row);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
