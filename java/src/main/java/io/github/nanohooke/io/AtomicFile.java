// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * Writes a file whole or not at all: under a temporary name of its own in the same folder, forced to disk, then moved
 * into place, and the folder forced too. A reader never sees half a file, neither a crash nor a power cut leaves one,
 * and a failure leaves an earlier file as it was and no temporary file behind. What a killed process leaves behind is
 * named {@code .NAME.UUID.part} and in nobody's way; who writes the same file a day later or more deletes it. A file
 * that replaces an older one has its permissions.
 *
 * <p>Devices, pipes and open files of the process ({@code /dev/null}, {@code /dev/stdout}, {@code >(command)}) are
 * written to as they are; symbolic links stay links.
 */
public final class AtomicFile {
    private static final int BUFFER = 1 << 16;

    /** Writes the content. */
    @FunctionalInterface
    public interface Content<T> {
        /** @throws IOException when it cannot be written, which then becomes a {@link FileWriteException} */
        void writeTo(T out) throws IOException;
    }

    private AtomicFile() {
    }

    /**
     * Writes text as UTF-8.
     *
     * @throws FileWriteException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void writeText(Path file, CharSequence text) {
        writeText(file, out -> out.append(text));
    }

    /**
     * Writes text as UTF-8; the writer is buffered and flushed by this method.
     *
     * @throws FileWriteException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void writeText(Path file, Content<? super Writer> content) {
        write(file, stream -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            content.writeTo(writer);
            writer.flush();
        });
    }

    /**
     * Writes bytes; the stream is buffered, and flushed and closed by this method.
     *
     * @throws FileWriteException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void write(Path file, Content<? super OutputStream> content) {
        Path target = file.toAbsolutePath();
        try {
            Destination destination = Destination.of(file);
            target = destination.path();
            if (destination.direct()) {
                // Appending: a file that the shell opened by '>>' keeps what it has.
                try (OutputStream stream = new FileOutputStream(target.toFile(), true)) {
                    fill(stream, content);
                }
                return;
            }
            // Not Files.createTempFile: its files are readable by their owner alone, and stay so when moved.
            FileAttribute<?>[] permissions = Permissions.whileWriting(target);
            moveIntoPlace(target, aside -> {
                try (OutputStream stream = Channels.newOutputStream(FileChannel.open(aside,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions))) {
                    fill(stream, content);
                }
            });
        } catch (IOException e) {
            throw WriteFailure.explain(file, target.getParent(), e);
        }
    }

    /**
     * As {@link #write}, for writers that want a path of their own, such as HDF5's.
     *
     * @param content is given a path in the file's folder that does not exist
     * @throws FileWriteException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static void writeByPath(Path file, Content<? super Path> content) {
        Path target = file.toAbsolutePath();
        try {
            Destination destination = Destination.of(file);
            target = destination.path();
            if (destination.direct()) {
                throw new FileSystemException(file.toString(), null,
                        "it is a device or a pipe, and this format needs a file");
            }
            moveIntoPlace(target, content);
        } catch (IOException e) {
            throw WriteFailure.explain(file, target.getParent(), e);
        }
    }

    /**
     * Writes text as UTF-8 where no file of that name is yet. Of several processes that try at once one writes it.
     *
     * @return whether it was this one; false where there was one already, which stays as it was
     * @throws FileWriteException naming the file and the reason: folder missing, no permission, disk full, ...
     */
    public static boolean writeNewText(Path file, CharSequence text) {
        Path target = file.toAbsolutePath();
        Path aside = Leftovers.newNameFor(target);
        try {
            Files.writeString(aside, text, StandardOpenOption.CREATE_NEW);
            force(aside, StandardOpenOption.WRITE);
            boolean written = takeName(aside, target);
            Leftovers.delete(target, written ? target : aside);
            Files.deleteIfExists(aside);
            forceEntries(target.getParent());
            return written;
        } catch (IOException e) {
            discard(aside, e);
            throw WriteFailure.explain(file, target.getParent(), e);
        }
    }

    // A link appears with its content and fails where the name is taken. Not every file system has links.
    private static boolean takeName(Path aside, Path target) throws IOException {
        try {
            Files.createLink(target, aside);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        } catch (UnsupportedOperationException | IOException noLinksHere) {
            return moveWhereNew(aside, target);
        }
    }

    private static boolean moveWhereNew(Path aside, Path target) throws IOException {
        try {
            Files.move(aside, target);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }

    /** Whether what is written goes into a device, a pipe or an open file as it is; false for folders too. */
    public static boolean isDirect(Path file) {
        try {
            return Destination.of(file).direct();
        } catch (IOException unusable) {
            return false;
        }
    }

    private static void fill(OutputStream stream, Content<? super OutputStream> content) throws IOException {
        OutputStream buffered = new BufferedOutputStream(stream, BUFFER);
        content.writeTo(buffered);
        buffered.flush();
    }

    private static void moveIntoPlace(Path target, Content<? super Path> content) throws IOException {
        Path aside = Leftovers.newNameFor(target);
        try {
            content.writeTo(aside);
            force(aside, StandardOpenOption.WRITE);
            Permissions.keep(target, aside);
            Leftovers.delete(target, aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            discard(aside, e);
            throw e;
        }
        forceEntries(target.getParent());
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    private static void discard(Path aside, Throwable failure) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    // A folder's entry for a renamed file needs forcing too, or a power cut undoes the rename. Where a folder may not
    // be read, or a file system forces no folders, the file itself is on disk all the same.
    private static void forceEntries(Path folder) {
        try {
            force(folder, StandardOpenOption.READ);
        } catch (IOException notHere) {
            return;
        }
    }
}
