// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** A calculation that could not be carried out: what failed, where, and what to do, in its message. */
public class StaticsException extends RuntimeException {
    public StaticsException(String message) {
        super(message);
    }

    public StaticsException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the machine or the set-up is at fault and not the atoms: the same calculation may succeed elsewhere or
     * later, so its failure says nothing of the structure and is never data.
     */
    public boolean isEnvironmental() {
        return false;
    }
}
