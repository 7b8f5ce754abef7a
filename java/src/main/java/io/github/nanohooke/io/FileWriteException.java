// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import io.github.nanohooke.NanohookeException;
import java.io.IOException;
import java.nio.file.Path;

/** A file could not be written; the message names it and the reason, and says what to do where that is known. */
public final class FileWriteException extends NanohookeException {
    private static final long serialVersionUID = 1;

    /** What stood in the way. */
    public enum Reason {
        /** The disk or a quota is full: what is written already stands, more room is needed. */
        DISK_FULL,
        /** The place: its folder is missing, or nothing may be written there. */
        PLACE,
        /** The device or the file system failed. */
        DEVICE
    }

    private final Reason reason;

    FileWriteException(Path file, Reason reason, String why, IOException cause) {
        super("cannot write " + file + ": " + why, cause);
        this.reason = reason;
    }

    /** A place that cannot be written to is a wrong argument; else results that were there are lost. */
    @Override
    public Fault fault() {
        return reason == Reason.PLACE ? Fault.INPUT : Fault.UNWRITTEN;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether more room on the disk would help. */
    public boolean isDiskFull() {
        return reason == Reason.DISK_FULL;
    }
}
