// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Comma-separated values (RFC 4180, lines end with a line feed alone), one way for every table: numbers as Java prints
 * them, in full precision and in no locale; nothing for {@code null}; text in double quotes where it needs them.
 */
public final class Csv {
    private Csv() {
    }

    /** Text that stands in double quotes whether it needs them or not. */
    private record Quoted(String text) {
        @Override
        public String toString() {
            return '"' + text.replace("\"", "\"\"") + '"';
        }
    }

    /** A field that is in double quotes always, as a column of free text is. */
    public static Object quoted(String text) {
        return new Quoted(text);
    }

    /** One line with its end. Arrays and collections are a field for each element. */
    public static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        append(fields, line);
        // Every field has left its comma.
        line.setLength(Math.max(0, line.length() - 1));
        return line.append('\n').toString();
    }

    private static void append(Object field, StringBuilder line) {
        if (field instanceof Collection<?> several) {
            several.forEach(one -> append(one, line));
        } else if (field != null && field.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(field); i++) {
                append(Array.get(field, i), line);
            }
        } else {
            line.append(field instanceof CharSequence text ? shortest(text.toString()) : field == null ? "" : field)
                    .append(',');
        }
    }

    private static Object shortest(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && text.equals(text.strip());
        return plain ? text : quoted(text);
    }

    /**
     * The {@link #fields} of all lines of a file.
     *
     * @throws FileFormatException naming file and line, when it cannot be read or a line is none
     */
    public static List<List<String>> read(Path file) {
        List<List<String>> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                rows.add(fields(rows.isEmpty() ? ByteOrderMark.without(line) : line));
            }
        } catch (NoSuchFileException e) {
            throw new FileFormatException(file + " does not exist", e);
        } catch (IOException e) {
            throw new FileFormatException(file + " cannot be read: " + e.getMessage(), e);
        } catch (FileFormatException e) {
            throw new FileFormatException(file + ", line " + (rows.size() + 1) + ": " + e.getMessage(), e);
        }
        return rows;
    }

    /**
     * The fields of a line, without its end and without their quotes. A field of several lines is not understood: none
     * of our tables has one.
     *
     * @throws FileFormatException when a quote is not closed, or something follows a closed one
     */
    public static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at = quotedField(line, at + 1, field);
            } else {
                int end = line.indexOf(',', at);
                end = end < 0 ? line.length() : end;
                field.append(line, at, end);
                at = end;
            }
            fields.add(field.toString());
            if (at == line.length()) {
                return fields;
            }
            if (line.charAt(at) != ',') {
                throw new FileFormatException("a comma is needed behind the quotes of field " + fields.size() + ": "
                        + line);
            }
            at++;
        }
    }

    /** Reads on behind an opening quote; returns the place behind the closing one. */
    private static int quotedField(String line, int from, StringBuilder field) {
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c != '"') {
                field.append(c);
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        throw new FileFormatException("a double quote is not closed: " + line);
    }
}
