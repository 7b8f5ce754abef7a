// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.io.CheckedLines;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/** The finished samples of a shard that is not complete, a line each. Its lock says who works on the shard. */
final class Journal implements AutoCloseable {
    private final Path file;
    private final CheckedLines lines;

    private Journal(Path file, CheckedLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Opens a journal, old or new; empty when another process works on the shard. */
    static Optional<Journal> open(Path file) throws IOException {
        return CheckedLines.open(file).map(lines -> new Journal(file, lines));
    }

    /**
     * The samples so far, by index. Lines that are damaged, or for samples outside the range, are left out. Samples
     * whose process was lost are too: the run was broken off, and what broke them may be mended.
     *
     * @param first first index of the shard
     * @param count its number of samples
     */
    TreeMap<Long, Sample> read(int first, int count) throws IOException {
        TreeMap<Long, Sample> samples = new TreeMap<>();
        lines.read(line -> line.value(Sample.class)
                .filter(s -> s.index() >= first && s.index() < first + count && !s.workerLost())
                .ifPresent(s -> samples.put(s.index(), s)));
        return samples;
    }

    /** How many samples a journal holds for a shard, whoever works on it; none where there is no journal. */
    static int count(Path file, int first, int count) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (CheckedLines lines = CheckedLines.readOnly(file)) {
            return new Journal(file, lines).read(first, count).size();
        } catch (NoSuchFileException | ClosedChannelException completedMeanwhile) {
            return 0;
        }
    }

    /** Returns when the sample is on disk. */
    void append(Sample sample) throws IOException {
        lines.append(sample);
    }

    /** Forgets what a run that was killed left behind. */
    void clear() throws IOException {
        lines.clear();
    }

    /** The shard is complete: the journal has served. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
        close();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
