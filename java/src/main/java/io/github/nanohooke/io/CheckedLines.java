// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of {@link CheckedLine}s that grows by one at a time, each on disk before {@link #append} returns, so that even
 * a power cut loses only the value in hand. One process at a time has it.
 */
public final class CheckedLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedLines.class);

    private static final int BUFFER = 1 << 20;
    /** Far more than any value takes: a sample with images of 4096 x 4096 pixels has 6 MB [bytes]. */
    private static final int LONGEST = 1 << 26;

    /**
     * Files whose lock this process has. A system frees it where any channel of such a file is closed, so that there
     * is no other one.
     */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final boolean shared;
    /** Where the next line goes [bytes]; what follows was cut off while it was written. */
    private long end;

    /** @param shared whether another one closes the channel */
    private CheckedLines(Path file, FileChannel channel, boolean shared) {
        this.file = file;
        this.channel = channel;
        this.shared = shared;
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
         * @throws FileFormatException when it is whole and no such value
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
        synchronized (HELD) {
            if (HELD.containsKey(name(file))) {
                LOG.debug("{} is locked by this process", file);
                return Optional.empty();
            }
            Optional<CheckedLines> opened = open(file, FileChannel.open(file, StandardOpenOption.READ,
                    StandardOpenOption.WRITE, StandardOpenOption.CREATE));
            if (opened.isPresent()) {
                HELD.put(name(file), opened.get().channel);
            }
            return opened;
        }
    }

    /** Opens an existing file to read what is there now, without its lock. */
    public static CheckedLines readOnly(Path file) throws IOException {
        synchronized (HELD) {
            FileChannel held = HELD.get(name(file));
            return held != null ? new CheckedLines(file, held, true)
                    : new CheckedLines(file, FileChannel.open(file, StandardOpenOption.READ), false);
        }
    }

    /** The same for all ways to the file's folder. */
    private static Path name(Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        return whole.getParent().toRealPath().resolve(whole.getFileName());
    }

    static Optional<CheckedLines> open(Path file, FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new CheckedLines(file, channel, false));
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            LOG.debug("{} is locked by this process", file);
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run writes there", file,
                    e.getMessage());
            return Optional.of(new CheckedLines(file, channel, false));
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * The lines so far, one after the other; files of any size. Lines are told apart before they are decoded, because a
     * line may be cut off within a character. Needed before the first {@link #append}, which overwrites what follows
     * the last of them.
     */
    public void read(Consumer<Line> lines) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long position = 0;
        end = 0;
        while (channel.read(buffer.clear(), position) > 0) {
            byte[] bytes = buffer.array();
            int length = buffer.position();
            int start = 0;
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    keep(line, bytes, start, i);
                    start = i + 1;
                    lines.accept(new Line(file, end, line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                    end = position + start;
                }
            }
            keep(line, bytes, start, length);
            position += length;
        }
    }

    // What is longer than any value is damage, for example a hole of zeros; its beginning is enough to tell.
    private static void keep(ByteArrayOutputStream line, byte[] bytes, int from, int to) {
        if (line.size() <= LONGEST) {
            line.write(bytes, from, to - from);
        }
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

    /** Without lines, as a new file. */
    public void clear() throws IOException {
        channel.truncate(0);
        end = 0;
    }

    @Override
    public void close() throws IOException {
        if (!shared) {
            synchronized (HELD) {
                HELD.values().remove(channel);
                channel.close();
            }
        }
    }
}
