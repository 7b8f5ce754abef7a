// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.surrogate.SurrogateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who trains in a folder: two runs there, for example of a job that Slurm requeued too early, would mix their
 * checkpoints. The lock is the operating system's, so that it ends with the process however that ends; its file stays.
 */
final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final String NAME = "lock";

    private final FileChannel channel;
    /** Held on to, because within a process only locks that are still referred to exclude others. */
    private FileLock lock;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing folder; where its file system has none, that is logged and the run goes on.
     *
     * @throws SurrogateException when another run holds it, or its file cannot be made
     */
    static RunLock of(Path folder) {
        Path file = folder.resolve(NAME);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new SurrogateException("the lock of the run, " + file + ", cannot be made: " + e, e);
        }
        RunLock lock = new RunLock(channel);
        if (!lock.taken(file)) {
            lock.close();
            throw new SurrogateException("another process trains in " + folder + " (it holds " + file + "); wait for"
                    + " its end, or give another folder");
        }
        return lock;
    }

    private boolean taken(Path file) {
        try {
            lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (IOException e) {
            LOG.warn("{}: this file system has no locks ({}); make sure that no other run trains in its folder", file,
                    e.getMessage());
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("a run's lock cannot be closed: {}", e.toString());
        }
    }
}
