// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.dataset.CheckedLine;
import io.github.nanohooke.dataset.DatasetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The rows of a comparison so far, each on disk before the next is begun: a run that was stopped or killed goes on
 * where it was. The first line says what the rows depend on; other settings are refused.
 *
 * @param <R> one structure's row
 */
public final class RowJournal<R extends Record> implements AutoCloseable {
    private final FileChannel channel;
    private final ToLongFunction<R> index;
    private final TreeMap<Long, R> rows = new TreeMap<>();

    private RowJournal(FileChannel channel, ToLongFunction<R> index) {
        this.channel = channel;
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
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
        try {
            if (channel.tryLock() == null) {
                throw new DatasetException(file + " is in use by another run; wait for it or choose another folder");
            }
            RowJournal<R> journal = new RowJournal<>(channel, index);
            journal.read(file, new Settings(new TreeMap<>(settings)), type);
            return journal;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new DatasetException(file + " is already open in this process", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void read(Path file, Settings settings, Class<R> type) throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        List<String> lines = text.substring(0, end).lines().toList();
        // What follows the last line end was cut off while it was written.
        int whole = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(whole).position(whole);
        if (lines.isEmpty()) {
            write(settings);
            return;
        }
        Settings there = CheckedLine.read(lines.get(0), Settings.class).orElseThrow(() -> new DatasetException(
                file + " does not begin with its settings; it is damaged or no journal"));
        List<String> differences = differences(there.values(), settings.values());
        if (!differences.isEmpty()) {
            throw new DatasetException(file + " was begun with other settings: " + String.join("; ", differences)
                    + "; choose another folder");
        }
        for (String line : lines.subList(1, lines.size())) {
            // A damaged line's structure is done again.
            Optional<R> row = CheckedLine.read(line, type);
            row.ifPresent(r -> rows.put(index.applyAsLong(r), r));
        }
    }

    private static List<String> differences(Map<String, String> there, Map<String, String> asked) {
        List<String> differences = new ArrayList<>();
        TreeMap<String, String> names = new TreeMap<>(there);
        names.putAll(asked);
        for (String name : names.keySet()) {
            if (!String.valueOf(there.get(name)).equals(asked.get(name))) {
                differences.add(name + " is " + there.get(name) + " there, " + asked.get(name) + " was asked for");
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
        write(row);
        rows.put(index.applyAsLong(row), row);
    }

    private void write(Object value) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((CheckedLine.write(value) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
