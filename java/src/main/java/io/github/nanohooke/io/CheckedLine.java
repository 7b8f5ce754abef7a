// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A value on one line: CRC-32 of the text in eight hexadecimal digits, a space, the value as JSON. A line that was cut
 * off or mixed with other output is recognised and is no value.
 */
public final class CheckedLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SUM = 8;

    private CheckedLine() {
    }

    /** Without the line's end. */
    public static String write(Object value) {
        try {
            String json = JSON.writeValueAsString(value);
            return sum(json) + " " + json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " always has a JSON form", e);
        }
    }

    /**
     * Empty when the line is not whole.
     *
     * @throws FileFormatException when it is whole and no such value
     */
    public static <T> Optional<T> read(String line, Class<T> type) {
        if (line.length() < SUM + 2 || line.charAt(SUM) != ' '
                || !line.substring(0, SUM).equals(sum(line.substring(SUM + 1)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(line.substring(SUM + 1), type));
        } catch (JsonProcessingException e) {
            throw new FileFormatException("a line with a right checksum is no " + type.getSimpleName()
                    + "; was it written by another version? " + e.getOriginalMessage(), e);
        }
    }

    private static String sum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
