// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import io.github.nanohooke.NanohookeException;

/** A structure or structure file that makes no sense. The message says what is wrong, where, and what to do. */
public class StructureException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public StructureException(String message) {
        super(message);
    }

    public StructureException(String message, Throwable cause) {
        super(message, cause);
    }
}
