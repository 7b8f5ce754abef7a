// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import io.github.nanohooke.NanohookeException;

/** A file that is not what it should be; the message names it and the place. */
public final class FileFormatException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public FileFormatException(String message) {
        super(message);
    }

    public FileFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
