// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import io.github.nanohooke.NanohookeException;

/** A potential that cannot be used: missing, damaged, for other elements, or refused by the library. */
public class PotentialException extends NanohookeException {
    public PotentialException(String message) {
        super(message);
    }

    public PotentialException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isEnvironmental() {
        return true;
    }
}
