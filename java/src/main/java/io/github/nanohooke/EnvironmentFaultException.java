// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

/**
 * A calculation that the machine ended and not its atoms: memory was short, a file vanished, a library has a defect.
 * The message says which, and what to do.
 */
public class EnvironmentFaultException extends NanohookeException {
    public EnvironmentFaultException(String message) {
        super(message);
    }

    public EnvironmentFaultException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Fault fault() {
        return Fault.MACHINE;
    }
}
