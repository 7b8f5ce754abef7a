// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, then moved into place. A reader never
 * sees half a file, and a failure leaves an earlier file as it was and no temporary file behind.
 */
public final class AtomicFile {
    private static final AtomicLong SERIAL = new AtomicLong();

    /** Writes the content. */
    @FunctionalInterface
    public interface Content<T> {
        void writeTo(T out) throws IOException;
    }

    private AtomicFile() {
    }

    /**
     * Writes text as UTF-8.
     *
     * @throws UncheckedIOException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void writeText(Path file, Content<? super Writer> content) {
        write(file, stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
            content.writeTo(writer);
            writer.flush();
        });
    }

    /**
     * Writes bytes; the stream is unbuffered and closed by this method.
     *
     * @throws UncheckedIOException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void write(Path file, Content<? super OutputStream> content) {
        Path target = file.toAbsolutePath();
        Path temporary = null;
        try {
            if (Files.isSymbolicLink(target) && Files.exists(target)) {
                target = target.toRealPath();
            }
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder");
            }
            // Not Files.createTempFile: its files are readable by their owner alone, and stay so when moved.
            Path candidate = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid()
                    + "-" + SERIAL.getAndIncrement() + ".tmp");
            try (OutputStream stream = Files.newOutputStream(candidate, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                temporary = candidate;
                content.writeTo(stream);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + reason(target, e), e);
        } finally {
            discard(temporary);
        }
    }

    private static void discard(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // The failure that led here is on its way to the caller and matters more than a left-over file.
            }
        }
    }

    private static String reason(Path target, IOException e) {
        Path folder = target.getParent();
        if (e instanceof NoSuchFileException) {
            return folder != null && Files.exists(folder) ? "the folder " + folder + " takes no new files"
                    : "the folder " + folder + " does not exist; make it first";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to write in the folder " + folder;
        }
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
