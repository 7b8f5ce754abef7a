// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import io.github.nanohooke.io.FileWriteException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Finds out why a file could not be written: Java and the file systems below it say it in many ways. */
final class WriteFailure {
    /** With less room than this a failed write is put down to the lack of it [bytes]. */
    private static final long LEAST_ROOM = 1 << 20;

    private WriteFailure() {
    }

    /**
     * @param file   as the caller named it
     * @param folder where it was to lie; null for the root itself
     */
    static FileWriteException explain(Path file, Path folder, IOException e) {
        if (isDiskFull(folder, e)) {
            return new FileWriteException(file, Reason.DISK_FULL, "the disk is full (" + words(e)
                    + "); free some room, or write to another place", e);
        }
        if (e instanceof NoSuchFileException) {
            return new FileWriteException(file, Reason.PLACE, folder != null && Files.exists(folder)
                    ? "the folder " + folder + " takes no new files"
                    : "the folder " + folder + " does not exist; make it first", e);
        }
        if (e instanceof AccessDeniedException) {
            return new FileWriteException(file, Reason.PLACE, "no permission to write in the folder " + folder, e);
        }
        boolean place = e instanceof FileSystemException || e instanceof FileNotFoundException;
        return new FileWriteException(file, place ? Reason.PLACE : Reason.DEVICE, words(e), e);
    }

    /** Java has no type for it, and the system's words for it are translated: the room that is left tells it too. */
    private static boolean isDiskFull(Path folder, IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (message.contains("No space left") || message.contains("quota exceeded")) {
                return true;
            }
        }
        if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
            return false;
        }
        try {
            if (folder == null || !Files.isDirectory(folder)) {
                return false;
            }
            FileStore store = Files.getFileStore(folder);
            // Those of the system's own, such as /proc, have no room at all and are not full.
            return !store.isReadOnly() && store.getTotalSpace() > 0 && store.getUsableSpace() < LEAST_ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String words(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason(); // its message begins with the temporary file's name
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
