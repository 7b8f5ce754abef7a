// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem;

import io.github.nanohooke.NanohookeException;

/** A mesh or a problem that cannot be what it should be; the message says where and what to do. */
public class FemException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public FemException(String message) {
        super(message);
    }

    public FemException(String message, Throwable cause) {
        super(message, cause);
    }
}
