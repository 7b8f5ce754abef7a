// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for results, proven writable before a long calculation starts. */
public final class OutputFolder {
    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws BadUsageException when the folder cannot be made or written to */
    public static OutputFolder open(Path folder) {
        return open(folder, "choose another with --out");
    }

    private static OutputFolder open(Path folder, String advice) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", null));
        } catch (IOException e) {
            throw new BadUsageException("cannot write to the folder " + folder + " (" + reason(e) + "); " + advice);
        }
        return new OutputFolder(folder);
    }

    /**
     * Proves that a file can be written before a long calculation starts; makes its folder.
     *
     * @throws BadUsageException when it cannot
     */
    public static void requireWritable(Path file) {
        if (!AtomicFile.isDirect(file)) {
            open(file.toAbsolutePath().getParent(), "choose another place for " + file.getFileName());
        }
    }

    public Path path() {
        return folder;
    }

    public OutputFolder sub(String name) {
        return open(folder.resolve(name));
    }

    public Path file(String name) {
        return folder.resolve(name);
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
}
