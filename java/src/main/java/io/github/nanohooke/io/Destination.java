// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where output goes in the end.
 *
 * @param path   behind all symbolic links, which may point to a file that is not there yet
 * @param direct whether to write into what is there: a device, a pipe, or an open file of this process, such as
 *               {@code /dev/stdout}; to put a file in its place would take it from everyone else who uses it
 */
record Destination(Path path, boolean direct) {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;
    /** Links here are open files of a process; what they seem to point to may lack a name. */
    private static final Path PROCESSES = Path.of("/proc");

    /** @throws IOException when there is a folder, or links that lead in a circle */
    static Destination of(Path file) throws IOException {
        Path path = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(path); links++) {
            if (isOpenFile(path)) {
                return new Destination(path, true);
            }
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        if (Files.isDirectory(path)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        boolean exists = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        return new Destination(path, isOpenFile(path) || exists && !Files.isRegularFile(path));
    }

    private static boolean isOpenFile(Path path) throws IOException {
        Path folder = path.getParent();
        return folder != null && Files.exists(folder) && folder.toRealPath().startsWith(PROCESSES);
    }
}
