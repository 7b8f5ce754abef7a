// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Files that are whole or not there: written under a temporary name in the same folder, forced to disk, renamed. A
 * checksum beside a file has the format of {@code sha256sum}.
 */
final class SafeFiles {
    private static final String PART = ".part";
    private static final String SUM = ".sha256";

    private SafeFiles() {
    }

    /** Writes the content of one file to the path it is given, which does not exist. */
    @FunctionalInterface
    interface Content {
        void write(Path path) throws IOException;
    }

    static void write(Path target, Content content) throws IOException {
        Path aside = writeAside(target, content);
        rename(aside, target);
    }

    /** The checksum is in place before the file is, so a file without one is never whole. */
    static void writeWithChecksum(Path target, Content content) throws IOException {
        Path aside = writeAside(target, content);
        try {
            String sum = sha256(aside) + "  " + target.getFileName() + "\n";
            write(checksumOf(target), path -> Files.writeString(path, sum));
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
        rename(aside, target);
    }

    private static Path writeAside(Path target, Content content) throws IOException {
        Path aside = target.resolveSibling("." + target.getFileName() + PART);
        try {
            Files.deleteIfExists(aside);
            content.write(aside);
            force(aside);
            return aside;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            if (e instanceof IOException) {
                throw new IOException("could not write " + target + " (" + reason(e) + ")", e);
            }
            throw e;
        }
    }

    private static String reason(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // File system exceptions have the file's name for a message.
        return root instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : root instanceof FileSystemException ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static void rename(Path aside, Path target) throws IOException {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(target.toAbsolutePath().getParent());
    }

    // A folder's entry for a renamed file needs forcing too, or a power cut undoes the rename.
    private static void force(Path path) throws IOException {
        StandardOpenOption how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    static Path checksumOf(Path file) {
        return file.resolveSibling(file.getFileName() + SUM);
    }

    /** What a file is worth by its checksum. */
    enum State {
        MISSING, WHOLE, DAMAGED
    }

    static State check(Path file) throws IOException {
        if (!Files.exists(file)) {
            return State.MISSING;
        }
        try {
            String expected = Files.readString(checksumOf(file)).strip().split("\\s+", 2)[0];
            return expected.equals(sha256(file)) ? State.WHOLE : State.DAMAGED;
        } catch (NoSuchFileException noChecksum) {
            return State.DAMAGED;
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
