// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * The bytes of a potential's file, held since they were read: what is hashed is what is calculated with, whatever
 * happens to the file meanwhile.
 */
public final class PotentialFile {
    private final String name;
    private final Path path;
    private final byte[] bytes;
    private final String sha256;

    private PotentialFile(String name, Path path, byte[] bytes) {
        this.name = name;
        this.path = path;
        this.bytes = bytes;
        this.sha256 = sha256(bytes);
    }

    /**
     * @throws PotentialFileException when the file is missing or cannot be read
     */
    public static PotentialFile read(Path path) {
        return new PotentialFile(path.toString(), path, bytesOf(path));
    }

    /** A file from this jar; it never touches the disk. */
    static PotentialFile bundled(String name, String sha256) {
        try (InputStream in = PotentialFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new PotentialException("potential " + name + " is missing from the nanohooke jar");
            }
            PotentialFile file = new PotentialFile(name, null, in.readAllBytes());
            if (!file.sha256.equals(sha256)) {
                throw new PotentialException("potential " + name + " in the nanohooke jar is damaged: its SHA-256 is "
                        + file.sha256 + ", not " + sha256 + "; reinstall the jar");
            }
            return file;
        } catch (IOException e) {
            throw new PotentialFileException("potential " + name + " cannot be read from the nanohooke jar: " + e, e);
        }
    }

    /** For messages: the path as it was given, or the name of the file in the jar. */
    public String name() {
        return name;
    }

    /** Where the file lies; empty for one from the jar. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /** Of the bytes, hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** @throws IOException when it cannot be written */
    public void writeTo(Path target) throws IOException {
        Files.write(target, bytes);
    }

    /**
     * Requires that the file on disk is still the one that was read, for libraries that read it by name.
     *
     * @throws PotentialFileException when it has changed or vanished
     */
    public void requireUnchanged() {
        if (path != null && !Arrays.equals(bytes, bytesOf(path))) {
            throw new PotentialFileException("potential file " + path + " has changed while it was in use: put the old"
                    + " one back, or start again");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PotentialFile that && name.equals(that.name) && Objects.equals(path, that.path)
                && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    private static byte[] bytesOf(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new PotentialFileException("potential file " + path + " does not exist", e);
        } catch (IOException e) {
            throw new PotentialFileException("potential file " + path + " cannot be read: " + e, e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
