// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

import io.github.nanohooke.NanohookeException;

/** What was asked of the benchmarks cannot be measured, or one of them found a wrong result. */
public final class BenchmarkException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }

    public BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}
