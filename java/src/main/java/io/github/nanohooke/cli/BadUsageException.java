// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

/** Options or paths that cannot be used as given. */
final class BadUsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadUsageException(String message) {
        super(message);
    }
}
