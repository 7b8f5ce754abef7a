// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.NanohookeException;

/** A network, a file or a backend that cannot be used: what is wrong, where, and what to do, in its message. */
public class NetworkException extends NanohookeException {
    public NetworkException(String message) {
        super(message);
    }

    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
