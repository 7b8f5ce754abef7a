// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

/**
 * A potential's file that is not there, cannot be read or written, or has changed: a fault of the machine or of who
 * tends it, not of the atoms. The same calculation succeeds once it is mended.
 */
public final class PotentialFileException extends PotentialException {
    public PotentialFileException(String message) {
        super(message);
    }

    public PotentialFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
