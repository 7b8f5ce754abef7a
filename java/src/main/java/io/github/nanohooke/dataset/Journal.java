// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finished samples of a shard that is not complete: one {@link CheckedLine} each, on disk before the next one is
 * begun, so that even a power cut loses only samples in hand. Its lock says who works on the shard.
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens a journal, old or new; empty when another process works on the shard. */
    static Optional<Journal> open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Journal(file, channel));
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("{} is locked by this process", file);
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run makes the same shards", file,
                    e.getMessage());
            return Optional.of(new Journal(file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * The samples so far, by index. Lines that are damaged, or for samples outside the range, are left out. Samples
     * whose process was lost are too: the run was broken off, and what broke them may be mended.
     *
     * @param first first index of the shard
     * @param count its number of samples
     */
    TreeMap<Long, Sample> read(int first, int count) throws IOException {
        byte[] bytes = readAll();
        TreeMap<Long, Sample> samples = new TreeMap<>();
        int start = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                Optional<Sample> sample = CheckedLine.read(line, Sample.class);
                if (sample.isEmpty()) {
                    LOG.warn("{}: the line at byte {} is damaged; its sample is made again", file, start);
                }
                sample.filter(s -> s.index() >= first && s.index() < first + count && !s.workerLost())
                        .ifPresent(s -> samples.put(s.index(), s));
                start = end + 1;
            }
        }
        // What follows the last line end was cut off while it was written.
        channel.truncate(start);
        channel.position(start);
        return samples;
    }

    private byte[] readAll() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        long position = 0;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Returns when the sample is on disk. */
    void append(Sample sample) throws IOException {
        long start = channel.position();
        try {
            ByteBuffer line = ByteBuffer.wrap((CheckedLine.write(sample) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(start);
            throw new IOException("the journal " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** The shard is complete: the journal has served. */
    void delete() throws IOException {
        Files.deleteIfExists(file);
        close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
