// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@link CheckedLine}s that grows by one at a time, each on disk before {@link #append} returns, so that even
 * a power cut loses only the value in hand. One process at a time has it.
 */
public final class CheckedLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedLines.class);

    private final Path file;
    private final FileChannel channel;
    /** Where the next line goes [bytes]; what follows was cut off while it was written. */
    private long end;

    private CheckedLines(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * One line of the file.
     *
     * @param file     the file, for messages
     * @param position of its first byte
     * @param text     without its end; anything where the line is damaged
     */
    public record Line(Path file, long position, String text) {
        /**
         * Its value; empty, with a warning, where the line is damaged.
         *
         * @throws DatasetException when it is whole and no such value
         */
        public <T> Optional<T> value(Class<T> type) {
            Optional<T> value = CheckedLine.read(text, type);
            if (value.isEmpty()) {
                LOG.warn("{}: the line at byte {} is damaged; what it told is made again", file, position);
            }
            return value;
        }
    }

    /** Opens a file, old or new, and holds its lock until it is closed; empty when another run has it. */
    public static Optional<CheckedLines> open(Path file) throws IOException {
        return open(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.CREATE));
    }

    static Optional<CheckedLines> open(Path file, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new CheckedLines(file, channel));
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("{} is locked by this process", file);
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run writes there", file,
                    e.getMessage());
            return Optional.of(new CheckedLines(file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * The lines so far. Lines are told apart before they are decoded, because a line may be cut off within a character.
     * Needed before the first {@link #append}, which overwrites what follows the last of them.
     */
    public List<Line> read() throws IOException {
        byte[] bytes = readAll();
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(new Line(file, start, new String(bytes, start, i - start, StandardCharsets.UTF_8)));
                start = i + 1;
            }
        }
        end = start;
        return lines;
    }

    private byte[] readAll() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, buffer.position()) < 0) {
                break;
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /**
     * Returns when the value is on disk.
     *
     * @throws IOException when it cannot be written, with the file's name; the file then is as before
     */
    public void append(Object value) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((CheckedLine.write(value) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            channel.truncate(end);
            while (line.hasRemaining()) {
                channel.write(line, end + line.position());
            }
            channel.force(false);
            end += line.limit();
        } catch (IOException e) {
            IOException named = new IOException("the journal " + file + " cannot be written: " + e.getMessage(), e);
            try {
                channel.truncate(end);
            } catch (IOException notTruncated) {
                named.addSuppressed(notTruncated);
            }
            throw named;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
