// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.ByteOrderMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a mesh file, one after the other, with complaints that name file and line. */
final class MeshLines {
    private static final Pattern EXPONENT = Pattern.compile("^([-+]?[0-9.]+)[dD]([-+]?[0-9]+)$");

    private final Path file;
    private final List<String> lines;
    private int next;

    /** @throws FemException when the file cannot be read */
    MeshLines(Path file) {
        this.file = file;
        try {
            // Any byte is a character of Latin-1; names are compared, never interpreted.
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            if (!lines.isEmpty()) {
                lines.set(0, ByteOrderMark.without(lines.get(0)));
            }
        } catch (NoSuchFileException e) {
            throw new FemException("the mesh " + file + " does not exist", e);
        } catch (IOException e) {
            throw new FemException("the mesh " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    String source() {
        return file.toString();
    }

    boolean hasNext() {
        return next < lines.size();
    }

    /** Lines of the whole file: it defines no more nodes or elements than that. */
    int count() {
        return lines.size();
    }

    /** Lines that are not read yet. */
    int left() {
        return lines.size() - next;
    }

    /** Without blanks around it. */
    String peek() {
        return lines.get(next).strip();
    }

    String next() {
        if (!hasNext()) {
            throw new FemException(file + " ends in the middle, after line " + next);
        }
        return lines.get(next++).strip();
    }

    /** The words of the next line, parted by blanks. */
    String[] words(int least) {
        String[] words = next().split("\\s+");
        if (words.length < least) {
            throw error("at least " + least + " numbers are needed here");
        }
        return words;
    }

    FemException error(String message) {
        return new FemException(file + ": line " + next + ": " + message);
    }

    /** A number; its exponent may be one of Fortran, as in 1.5D0. */
    double real(String word) {
        try {
            return Double.parseDouble(EXPONENT.matcher(word).replaceFirst("$1e$2"));
        } catch (NumberFormatException e) {
            throw error("\"" + word + "\" is not a number");
        }
    }

    long whole(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw error("\"" + word + "\" is not a whole number");
        }
    }

    int count(String word) {
        long count = whole(word);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw error(word + " is no count");
        }
        return (int) count;
    }
}
