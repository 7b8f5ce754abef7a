// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/** A structure or structure file that makes no sense. The message says what is wrong, where, and what to do. */
public class StructureException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public StructureException(String message) {
        super(message);
    }

    public StructureException(String message, Throwable cause) {
        super(message, cause);
    }
}
