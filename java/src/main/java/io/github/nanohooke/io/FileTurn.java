// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
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

    /**
     * Does it when it is this one's turn; where the file's folder can have no locks, that is logged and it is done.
     *
     * @throws FileWriteException when the thread is interrupted while it waits; nothing is done then
     */
    public static void take(Path file, Runnable step) {
        synchronized (OWN) {
            FileChannel channel = open(file);
            try {
                if (channel != null) {
                    lock(channel, file);
                }
                step.run();
            } finally {
                close(channel, file);
            }
        }
    }

    /** Null where it cannot be made. Who may write the file may lock it. */
    private static FileChannel open(Path file) {
        try {
            Path whole = Destination.of(file).path();
            Path lock = whole.resolveSibling("." + whole.getFileName() + ".lock");
            boolean there = Files.exists(lock);
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!there) {
                Permissions.keep(whole, lock);
            }
            return channel;
        } catch (IOException e) {
            LOG.warn("there is no lock beside {} ({}); make sure that no other run writes it", file, e.toString());
            return null;
        }
    }

    /** The channel's end is the lock's. */
    private static void lock(FileChannel channel, Path file) {
        try {
            if (channel.tryLock() == null) {
                LOG.info("waits for another run that writes {}", file);
                channel.lock();
            }
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw WriteFailure.explain(file, file.toAbsolutePath().getParent(), e);
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run writes it", file,
                    e.getMessage());
        }
    }

    private static void close(FileChannel channel, Path file) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("the lock of {} cannot be given back: {}", file, e.toString());
        }
    }
}
