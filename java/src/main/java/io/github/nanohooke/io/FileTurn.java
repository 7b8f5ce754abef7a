// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one at a time, of all threads and processes, read a file and write it anew: what two write in the same moment
 * would else be that of one. The lock is the operating system's, on an empty file {@code .NAME.lock} beside the file,
 * which stays; a lock of the file itself would go with the file that is replaced.
 */
public final class FileTurn {
    private static final Logger LOG = LoggerFactory.getLogger(FileTurn.class);
    /** A system's locks exclude other processes alone. */
    private static final Object OWN = new Object();

    private FileTurn() {
    }

    /** Does it when it is this one's turn; where the file's folder can have no locks, that is logged and it is done. */
    public static void take(Path file, Runnable step) {
        synchronized (OWN) {
            try (FileChannel channel = open(file)) {
                FileLock lock = channel == null ? null : lock(channel, file);
                step.run();
                if (lock != null) {
                    lock.release();
                }
            } catch (IOException e) {
                LOG.warn("the lock of {} cannot be given back: {}", file, e.toString());
            }
        }
    }

    /** Null where it cannot be made; whoever writes beside it is told why. */
    private static FileChannel open(Path file) {
        Path whole = file.toAbsolutePath();
        try {
            return FileChannel.open(whole.resolveSibling("." + whole.getFileName() + ".lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.debug("no lock beside {}: {}", file, e.toString());
            return null;
        }
    }

    private static FileLock lock(FileChannel channel, Path file) {
        try {
            return channel.lock();
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run writes it", file,
                    e.getMessage());
            return null;
        }
    }
}
