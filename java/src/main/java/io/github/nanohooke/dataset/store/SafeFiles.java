// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files with a checksum beside them, in the format of {@code sha256sum}. */
final class SafeFiles {
    private static final String SUM = ".sha256";

    private SafeFiles() {
    }

    /** The checksum is in place before the file is, so a file without one is never whole. */
    static void writeWithChecksum(Path target, AtomicFile.Content<Path> content) {
        AtomicFile.writeByPath(target, path -> {
            content.writeTo(path);
            AtomicFile.writeText(checksumOf(target), sha256(path) + "  " + target.getFileName() + "\n");
        });
    }

    static Path checksumOf(Path file) {
        return file.resolveSibling(file.getFileName() + SUM);
    }

    /** What a file is worth by its checksum. */
    static ShardState check(Path file) throws IOException {
        if (!Files.exists(file)) {
            return ShardState.MISSING;
        }
        try {
            String expected = Files.readString(checksumOf(file), StandardCharsets.ISO_8859_1)
                    .strip().split("\\s+", 2)[0];
            return expected.equals(sha256(file)) ? ShardState.WHOLE : ShardState.DAMAGED;
        } catch (NoSuchFileException noChecksum) {
            return ShardState.DAMAGED;
        }
    }

    /** In hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
