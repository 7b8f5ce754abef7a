// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * A calculation that the machine ended and not its atoms: memory was short, a file vanished, a library has a defect.
 * The message says which, and what to do.
 */
public class EnvironmentFaultException extends StaticsException {
    public EnvironmentFaultException(String message) {
        super(message);
    }

    public EnvironmentFaultException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isEnvironmental() {
        return true;
    }
}
