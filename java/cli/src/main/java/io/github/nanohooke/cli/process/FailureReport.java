// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import io.github.nanohooke.NanohookeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns what a command throws into one message, which comes last, and an exit code; stack traces only for what nobody
 * foresaw. What a user can cause has types of its own: an {@link IllegalArgumentException} that arrives here is a fault
 * of this program.
 */
public final class FailureReport implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure, command.getErr());
    }

    /** Tells a failure. @return its exit code */
    public static int report(Throwable failure, PrintWriter err) {
        if (failure instanceof Error error) {
            return EnvironmentFault.of(error).map(fault -> tell(fault, err)).orElseGet(() -> internal(error, err));
        }
        if (!isForeseen((Exception) failure)) {
            return internal(failure, err);
        }
        LOG.debug("cause", failure);
        err.println("nanohooke: " + message(failure));
        return exitCode((Exception) failure);
    }

    private static int tell(EnvironmentFault fault, PrintWriter err) {
        LOG.debug("cause", fault.cause());
        err.println("nanohooke: " + fault.message());
        return fault.exitCode();
    }

    private static int internal(Throwable failure, PrintWriter err) {
        LOG.error("internal error", failure);
        err.println("nanohooke: internal error, a fault of this program: " + failure);
        return ExitCodes.INTERNAL_ERROR;
    }

    /** What is said of a failure. */
    static String message(Throwable failure) {
        if (isOfAFile(failure)) {
            return describe(failure);
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    public static int exitCode(Exception failure) {
        if (failure instanceof NanohookeException foreseen) {
            return switch (foreseen.fault()) {
                case INPUT -> ExitCodes.BAD_INPUT;
                case MISSING -> ExitCodes.LIBRARY_MISSING;
                case MACHINE -> ExitCodes.INTERNAL_ERROR;
                case NO_RESULT -> ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
                case UNWRITTEN -> ExitCodes.PARTIAL_RESULTS;
            };
        }
        if (failure instanceof CancellationException) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        return isOfAFile(failure) ? ExitCodes.BAD_INPUT : ExitCodes.INTERNAL_ERROR;
    }

    private static boolean isOfAFile(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }

    /** Whether its message is all that there is to tell; else it is a fault of this program. */
    static boolean isForeseen(Exception failure) {
        return failure instanceof NanohookeException || exitCode(failure) != ExitCodes.INTERNAL_ERROR;
    }

    // File system exceptions name the file but often not what is wrong with it.
    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = t.getMessage();
            if (message != null && text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message)
                        .append(t instanceof FileSystemException ? " (" + words(t.getClass()) + ")" : "");
            }
        }
        return text.toString();
    }

    /** NoSuchFileException becomes "no such file". */
    private static String words(Class<?> exception) {
        return exception.getSimpleName().replaceAll("Exception$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
