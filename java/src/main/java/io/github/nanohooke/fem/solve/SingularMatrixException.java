// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.NanohookeException;

/** A linear system without a unique solution. */
public class SingularMatrixException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public SingularMatrixException(String message) {
        super(message);
    }

    @Override
    public Fault fault() {
        return Fault.NO_RESULT;
    }
}
