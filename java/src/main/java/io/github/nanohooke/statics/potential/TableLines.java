// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/**
 * A file of words and numbers, read as LAMMPS' {@code TextFileReader} reads it: what follows a # is a comment, blank
 * lines are skipped, a header takes as many lines as it needs words, and words beyond those on its last line are
 * skipped. A table takes whole lines likewise.
 */
final class TableLines {
    /** Releases of LAMMPS before 2022 cut lines here and go on with the rest as if it were the next one. */
    private static final int LINE_LIMIT = 1023;
    /** A table grows with what is there: a header may promise far more. */
    private static final int FIRST_VALUES = 1 << 12;
    /** Fortran writes exponents with D, and without any letter where they have three digits. */
    private static final Pattern BARE_EXPONENT =
            Pattern.compile("([+-]?[0-9]*\\.?[0-9]+|[+-]?[0-9]+\\.)([+-][0-9]{3})");

    private final String source;
    private final String[] lines;
    private int next;
    private boolean regular = true;

    TableLines(String source, byte[] bytes) {
        this.source = source;
        this.lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
    }

    /** The next line as it stands. */
    String raw() {
        if (next >= lines.length) {
            throw fail("the file ends here");
        }
        return lines[next++];
    }

    /** At least {@code count} words from as many lines as it takes. */
    List<String> words(int count, String what) {
        List<String> words = new ArrayList<>();
        while (words.size() < count || words.isEmpty()) {
            StringTokenizer line = nextLine();
            if (line == null) {
                throw truncated(what);
            }
            while (line.hasMoreTokens()) {
                words.add(line.nextToken());
            }
        }
        return words;
    }

    /** A table of {@code count} finite numbers. */
    double[] table(int count, String what) {
        double[] values = new double[Math.min(count, FIRST_VALUES)];
        int k = 0;
        while (k < count) {
            StringTokenizer line = nextLine();
            if (line == null) {
                throw truncated((count - k) + " of " + count + " values of " + what);
            }
            while (line.hasMoreTokens() && k < count) {
                if (k == values.length) {
                    values = Arrays.copyOf(values, (int) Math.min(count, 2L * k));
                }
                values[k++] = number(line.nextToken(), what);
            }
            regular &= !line.hasMoreTokens();
        }
        return values;
    }

    double number(String word, String what) {
        String plain = word;
        if (word.indexOf('D') >= 0 || word.indexOf('d') >= 0) {
            plain = word.replace('D', 'E').replace('d', 'e');
            regular = false;
        } else if (Math.max(word.lastIndexOf('-'), word.lastIndexOf('+')) > 0
                && BARE_EXPONENT.matcher(word).matches()) {
            plain = BARE_EXPONENT.matcher(word).replaceFirst("$1E$2");
            regular = false;
        }
        try {
            char last = plain.charAt(plain.length() - 1);
            boolean decimal = (Character.isDigit(last) || last == '.') && plain.indexOf('x') < 0
                    && plain.indexOf('X') < 0;
            double value = decimal ? Double.parseDouble(plain) : Double.NaN;
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the line.
        }
        throw fail("'" + word + "' is not a number, where " + what + " should be");
    }

    double positive(String word, String what) {
        double value = number(word, what);
        if (!(value > 0)) {
            throw fail(what + " must be positive, not " + word);
        }
        return value;
    }

    int count(String word, String what) {
        try {
            int value = Integer.parseInt(word);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the line.
        }
        throw fail(what + " must be a whole number of at least 1, not '" + word + "'");
    }

    /** How many words stand on lines that are left and begin with a number. */
    int numbersLeft() {
        int left = 0;
        for (StringTokenizer line = nextLine(); line != null; line = nextLine()) {
            int words = line.countTokens();
            String first = line.nextToken();
            left += first.matches("[+-]?\\.?[0-9].*") ? words : 0;
        }
        return left;
    }

    /** The line that was read last, counted from 1. */
    int line() {
        return next;
    }

    /** Whether every LAMMPS reads what was read so far without converting it. */
    boolean regular() {
        return regular;
    }

    PotentialException fail(String message) {
        return new PotentialException("potential file " + source + ", line " + next + ": " + message);
    }

    private PotentialException truncated(String what) {
        return new PotentialException("potential file " + source + " ends at line " + lines.length + ", " + what
                + " are missing: the file is truncated");
    }

    /** The words of the next line that has some; null at the end. */
    private StringTokenizer nextLine() {
        while (next < lines.length) {
            String line = lines[next++];
            regular &= line.length() < LINE_LIMIT;
            int comment = line.indexOf('#');
            StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
            if (words.hasMoreTokens()) {
                return words;
            }
        }
        return null;
    }
}
