// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/** A linear system without a unique solution. */
public class SingularMatrixException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    public SingularMatrixException(String message) {
        super(message);
    }
}
