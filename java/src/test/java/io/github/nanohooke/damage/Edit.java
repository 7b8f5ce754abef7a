// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.damage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One thing that goes wrong with a file.
 *
 * @param kind   what
 * @param place  where, as a share of the file
 * @param length bytes concerned
 * @param choice which of some values
 */
record Edit(Kind kind, double place, int length, int choice) {
    /** Most edits of a file are few bytes; some files lose their end. */
    enum Kind {
        /** A bit turned over. */
        BIT,
        /** Bytes replaced by one that formats give a meaning to. */
        BYTE,
        /** Bytes lost. */
        CUT,
        /** Bytes that are there twice. */
        AGAIN,
        /** The next number of a text replaced by one that few expect. */
        NUMBER,
        /** The next value of a JSON text replaced likewise. */
        VALUE,
        /** The next lines in another order. */
        LINES,
        /** The rest lost. */
        END
    }

    private static final byte[] BYTES = " \n\r\t\u0000#\"{}[]:,.-+eE019x\u00e9\u00ff"
            .getBytes(StandardCharsets.ISO_8859_1);
    private static final List<String> NUMBERS = List.of("0", "-1", "1", "2147483647", "2147483648", "-2147483648",
            "9223372036854775807", "99999999999999999999", "100000000", "9999999", "65536", "1e308", "1e-320", "1e999",
            "NaN", "-0.0", "Infinity", "0x1p3", "1,5", "null", "\"\"", "[]", "{}", "true", "");

    /** One to four edits, half of them near the beginning, where headers are. */
    static Arbitrary<List<Edit>> some() {
        Arbitrary<Double> anywhere = Arbitraries.doubles().between(0, 1);
        Arbitrary<Double> place = Arbitraries.oneOf(anywhere, anywhere.map(x -> x * x * x * x));
        return Combinators.combine(Arbitraries.of(Kind.values()), place, Arbitraries.integers().between(1, 30),
                Arbitraries.integers().between(0, 1000)).as(Edit::new).list().ofMinSize(1).ofMaxSize(4);
    }

    static byte[] apply(List<Edit> edits, byte[] file) {
        byte[] result = file.clone();
        for (Edit edit : edits) {
            result = result.length == 0 ? result : edit.apply(result);
        }
        return result;
    }

    private byte[] apply(byte[] file) {
        int at = Math.min(file.length - 1, (int) (place * file.length));
        int end = Math.min(file.length, at + length);
        return switch (kind) {
            case BIT -> with(file, at, (byte) (file[at] ^ 1 << choice % 8));
            case BYTE -> with(file, at, BYTES[choice % BYTES.length]);
            case CUT -> joined(file, at, new byte[0], end);
            case AGAIN -> joined(file, end, Arrays.copyOfRange(file, at, end), end);
            case NUMBER -> number(file, at);
            case VALUE -> value(file, at);
            case LINES -> lines(file, at);
            case END -> Arrays.copyOf(file, at);
        };
    }

    private static byte[] with(byte[] file, int at, byte value) {
        byte[] result = file.clone();
        result[at] = value;
        return result;
    }

    /** What is before one place, something, what is behind another. */
    private static byte[] joined(byte[] file, int before, byte[] between, int behind) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(file, 0, before);
        result.writeBytes(between);
        result.write(file, behind, file.length - behind);
        return result.toByteArray();
    }

    private byte[] number(byte[] file, int from) {
        int at = from;
        while (at < file.length && !(file[at] >= '0' && file[at] <= '9')) {
            at++;
        }
        int end = at;
        while (end < file.length && "0123456789.eE+-".indexOf(file[end]) >= 0) {
            end++;
        }
        return joined(file, at, NUMBERS.get(choice % NUMBERS.size()).getBytes(StandardCharsets.US_ASCII), end);
    }

    private byte[] value(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != ':') {
            at++;
        }
        int end = Math.min(file.length, at + 1);
        while (end < file.length && ",}\n".indexOf(file[end]) < 0) {
            end++;
        }
        byte[] value = NUMBERS.get(choice % NUMBERS.size()).getBytes(StandardCharsets.US_ASCII);
        return joined(file, Math.min(file.length, at + 1), value, end);
    }

    private byte[] lines(byte[] file, int at) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        int other = Math.min(lines.size() - 1, line + 1 + choice % 3);
        Collections.swap(lines, line, other);
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
