// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** A structure that has no tensor to build on: it does not relax, or its minimum does not resist every strain. */
public final class NoTensorException extends StaticsException {
    private static final long serialVersionUID = 1L;

    public NoTensorException(String message) {
        super(message);
    }

    public NoTensorException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Nobody's: the structure is what it is. */
    @Override
    public Fault fault() {
        return Fault.NO_RESULT;
    }
}
