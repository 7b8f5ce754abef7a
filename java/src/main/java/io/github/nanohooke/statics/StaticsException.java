// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.NanohookeException;

/** A calculation that could not be carried out: what failed, where, and what to do, in its message. */
public class StaticsException extends NanohookeException {
    public StaticsException(String message) {
        super(message);
    }

    public StaticsException(String message, Throwable cause) {
        super(message, cause);
    }
}
