// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/** A backend that was asked for by name and cannot run here; the cause and what to install are in the message. */
public class BackendUnavailableException extends NetworkException {
    public BackendUnavailableException(String message) {
        super(message);
    }

    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Fault fault() {
        return Fault.MISSING;
    }
}
