// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

/** A method whose library is not on this machine; the message says which candidates were tried and how to get one. */
public class MissingLibraryException extends NanohookeException {
    public MissingLibraryException(String message) {
        super(message);
    }

    public MissingLibraryException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Fault fault() {
        return Fault.MISSING;
    }
}
