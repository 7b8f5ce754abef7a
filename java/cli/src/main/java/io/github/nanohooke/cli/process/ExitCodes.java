// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

/** What a command's end tells a script. The launcher adds 69: a system package is missing. */
public final class ExitCodes {
    public static final int OK = 0;
    static final int INTERNAL_ERROR = 1;
    public static final int BAD_INPUT = 2;
    public static final int LIBRARY_MISSING = 3;
    public static final int UNSTABLE_OR_NOT_CONVERGED = 4;
    public static final int PARTIAL_RESULTS = 5;
    /** What the shell makes of a program that SIGPIPE ends: nobody reads standard output any more. */
    static final int READER_GONE = 141;

    private ExitCodes() {
    }
}
