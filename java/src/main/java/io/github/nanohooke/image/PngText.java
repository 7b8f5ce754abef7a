// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** Words in a PNG file beside its pixels: chunks of the type tEXt, a keyword and its text (PNG, section 11.3.4). */
final class PngText {
    private static final int SIGNATURE = 8;
    /** Length and type before a chunk's data, checksum behind them. */
    private static final int AROUND = 12;
    private static final String TYPE = "tEXt";

    private PngText() {
    }

    /** A file's bytes with one text more, behind the header. */
    static byte[] with(byte[] png, String keyword, String text) {
        int header = SIGNATURE + AROUND + ByteBuffer.wrap(png).getInt(SIGNATURE);
        byte[] chunk = (TYPE + keyword + "\0" + text).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(chunk);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(png, 0, header);
            out.writeInt(chunk.length - TYPE.length());
            out.write(chunk);
            out.writeInt((int) sum.getValue());
            out.write(png, header, png.length - header);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return bytes.toByteArray();
    }

    /** The text of a keyword; empty where the file has none. */
    static Optional<String> of(byte[] png, String keyword) {
        ByteBuffer file = ByteBuffer.wrap(png);
        for (int at = SIGNATURE; at + AROUND <= png.length;) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - AROUND) {
                return Optional.empty();
            }
            String chunk = new String(png, at + Integer.BYTES, length + TYPE.length(), StandardCharsets.ISO_8859_1);
            if (chunk.startsWith(TYPE + keyword + "\0")) {
                return Optional.of(chunk.substring(TYPE.length() + keyword.length() + 1));
            }
            at += AROUND + length;
        }
        return Optional.empty();
    }
}
