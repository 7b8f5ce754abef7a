// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.io.ByteOrderMark;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The lines of a text file, counted, with complaints that name file and line. A file is opened once and read forwards,
 * so it may be a pipe. Text is UTF-8; a line that is not is taken as Latin-1, in which people's names in titles and
 * comments are written now and then.
 */
final class TextLines implements AutoCloseable {
    /** Longest text without a line end, and longest structure: what is longer is another kind of file [bytes]. */
    private static final int MAX_LINE = 1 << 27;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private byte[] line = new byte[256];
    private final Deque<String> ahead = new ArrayDeque<>();
    private boolean skipLineFeed;
    private int taken;
    private int number;

    private TextLines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** @throws StructureException when the file cannot be opened */
    static TextLines open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new StructureException(file + " is a folder; give a file");
            }
            return new TextLines(file, Files.newInputStream(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The lines that come next, up to that many, which stay to be read. */
    List<String> peek(int count) {
        while (ahead.size() < count) {
            String line = take();
            if (line == null) {
                break;
            }
            ahead.add(line);
        }
        return new ArrayList<>(ahead).subList(0, Math.min(count, ahead.size()));
    }

    /** The next line, or null at the end. */
    String next() {
        number++;
        return ahead.isEmpty() ? take() : ahead.remove();
    }

    /** All that has not been read, lines ended by line feeds. */
    String rest() {
        StringBuilder text = new StringBuilder();
        for (String line = next(); line != null; line = next()) {
            if (text.length() + line.length() > MAX_LINE) {
                throw tooLong();
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private String take() {
        byte[] bytes;
        try {
            bytes = bytes();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (bytes == null) {
            return null;
        }
        String line = text(bytes);
        return taken++ == 0 ? ByteOrderMark.without(line) : line;
    }

    /** The bytes up to the next line feed, carriage return or pair of these. */
    private byte[] bytes() throws IOException {
        int b = read();
        if (b == '\n' && skipLineFeed) {
            b = read();
        }
        skipLineFeed = false;
        if (b < 0) {
            return null;
        }
        int length = 0;
        while (b >= 0 && b != '\n' && b != '\r') {
            if (b == 0) {
                throw new StructureException(file + " is not a text file");
            }
            if (length == MAX_LINE) {
                throw tooLong();
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(2 * length, MAX_LINE));
            }
            line[length++] = (byte) b;
            b = read();
        }
        skipLineFeed = b == '\r';
        return Arrays.copyOf(line, length);
    }

    private int read() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at < end ? buffer[at++] & 0xff : -1;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private StructureException tooLong() {
        return new StructureException(file + " is no structure or atoms file: it has more than " + (MAX_LINE >> 20)
                + " MB in one piece");
    }

    /** A complaint about the line read last. */
    StructureException error(String message) {
        return new StructureException(file + ": line " + number + ": " + message);
    }

    double real(String token) {
        try {
            double value = Double.parseDouble(token);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Same complaint as for NaN and infinity.
        }
        throw error("'" + token + "' must be a finite number");
    }

    int integer(String token) {
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException e) {
            throw error("'" + token + "' must be a whole number");
        }
    }

    /** A number of atoms that Java can hold and this program wants to. */
    int atomCount(String token) {
        int count = integer(token);
        if (count < 1 || count > Cells.MAX_ATOMS) {
            throw error("the number of atoms must be from 1 to " + Cells.MAX_ATOMS + ", got " + count);
        }
        return count;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static StructureException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new StructureException("file " + file + " does not exist", e);
        }
        if (e instanceof AccessDeniedException) {
            return new StructureException("no permission to read " + file, e);
        }
        return new StructureException("cannot read " + file + ": " + e.getMessage(), e);
    }
}
