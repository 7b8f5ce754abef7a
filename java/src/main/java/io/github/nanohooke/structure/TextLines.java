// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The lines of a text file, counted, with complaints that name file and line. */
final class TextLines implements AutoCloseable {
    private final Path file;
    private final BufferedReader reader;
    private int number;

    private TextLines(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /** @throws StructureException when the file cannot be opened */
    static TextLines open(Path file) {
        try {
            requireFile(file);
            return new TextLines(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws StructureException when the file cannot be read or is no text */
    static String readAll(Path file) {
        try {
            requireFile(file);
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The next line, or null at the end. */
    String next() {
        try {
            String line = reader.readLine();
            number++;
            return line;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
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
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new StructureException(file + " is a folder; give a file");
        }
    }

    private static StructureException unreadable(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new StructureException("file " + file + " does not exist", e);
        }
        if (e instanceof AccessDeniedException) {
            return new StructureException("no permission to read " + file, e);
        }
        if (e instanceof CharacterCodingException) {
            return new StructureException(file + " is not a text file (UTF-8)", e);
        }
        return new StructureException("cannot read " + file + ": " + e.getMessage(), e);
    }
}
