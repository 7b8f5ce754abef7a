// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.util.Arrays;
import java.util.Optional;

/**
 * A Java error that is a fault of the machine or the installation: too little memory, a library that does not load, no
 * fonts. Others are faults of this program.
 *
 * @param exitCode of the process
 * @param message  what is wrong and what to do
 * @param cause    what was thrown
 */
record EnvironmentFault(int exitCode, String message, Throwable cause) {
    private static final long MEGABYTE = 1 << 20;

    static Optional<EnvironmentFault> of(Error error) {
        if (error instanceof OutOfMemoryError) {
            return Optional.of(outOfMemory(error));
        }
        if (isOfGraphics(error)) {
            return Optional.of(new EnvironmentFault(ExitCodes.LIBRARY_MISSING, "Java cannot draw here (" + root(error)
                    + "); pictures need a font and its libraries, on Debian: apt-get install fontconfig"
                    + " fonts-dejavu-core libfreetype6", error));
        }
        if (!(error instanceof LinkageError)) {
            return Optional.empty();
        }
        // A class whose making failed: what failed, not that it did, is the news.
        Throwable root = root(error);
        if (root instanceof OutOfMemoryError) {
            return Optional.of(outOfMemory(root));
        }
        if (root instanceof Exception failure) {
            return FailureReport.isForeseen(failure) ? Optional.of(new EnvironmentFault(
                    FailureReport.exitCode(failure), FailureReport.message(failure), error)) : Optional.empty();
        }
        String what = root instanceof UnsatisfiedLinkError ? "a native library could not be loaded: "
                : "a part of the program could not be loaded: ";
        return Optional.of(new EnvironmentFault(ExitCodes.LIBRARY_MISSING, what + describe(root) + "; 'nanohooke info'"
                + " says what runs here; a new build or an empty cache of native libraries (~/.javacpp/cache, or"
                + " -Dorg.bytedeco.javacpp.cachedir) mends a broken installation", error));
    }

    private static EnvironmentFault outOfMemory(Throwable error) {
        return new EnvironmentFault(ExitCodes.INTERNAL_ERROR, "out of memory (" + error.getMessage()
                + "; Java may take "
                + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB); allow more, for example by"
                + " NANOHOOKE_JAVA_OPTS=-Xmx8g, or take a smaller structure, batch or dataset", error);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String describe(Throwable root) {
        return root instanceof UnsatisfiedLinkError ? root.getMessage() : root.toString();
    }

    private static boolean isOfGraphics(Error error) {
        if (error instanceof VirtualMachineError && !(error instanceof InternalError)) {
            return false;
        }
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (Arrays.stream(t.getStackTrace()).limit(20).map(StackTraceElement::getClassName)
                    .anyMatch(name -> name.startsWith("sun.font.") || name.startsWith("sun.awt."))) {
                return true;
            }
        }
        return false;
    }
}
