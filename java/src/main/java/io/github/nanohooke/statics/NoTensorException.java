// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.util.List;
import java.util.stream.Collectors;

/** A structure that has no tensor to build on: it does not relax, or its minimum does not resist every strain. */
public final class NoTensorException extends StaticsException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 10;

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

    /** The first ten of what a message names, for people. */
    public static String firstOf(List<?> some) {
        return some.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
                + (some.size() > NAMED ? ", ..." : "");
    }
}
