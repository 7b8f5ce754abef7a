// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder for results, proven writable before a long calculation starts; files appear whole or not at all. */
final class OutputFolder {
    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws BadUsageException when the folder cannot be made or written to */
    static OutputFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", null));
        } catch (IOException e) {
            throw new BadUsageException("cannot write to the folder " + folder + " (" + reason(e)
                    + "); choose another with --out");
        }
        return new OutputFolder(folder);
    }

    Path path() {
        return folder;
    }

    OutputFolder sub(String name) {
        return open(folder.resolve(name));
    }

    /** Writes one file under a temporary name and renames it, so that a full disk leaves no half file behind. */
    void write(String name, Writer writer) throws IOException {
        Path target = folder.resolve(name);
        Path aside = folder.resolve("." + name + ".part");
        try {
            writer.write(aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw new IOException("could not write " + target + " (" + reason(e) + ")", e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof java.nio.file.FileSystemException f && f.getReason() != null ? f.getReason()
                : root instanceof java.nio.file.AccessDeniedException ? "access denied"
                : root instanceof java.nio.file.FileAlreadyExistsException ? "a file of that name is in the way"
                : String.valueOf(root.getMessage());
    }

    /** Writes the content of one file to the path it is given. */
    @FunctionalInterface
    interface Writer {
        void write(Path path) throws IOException;
    }
}
