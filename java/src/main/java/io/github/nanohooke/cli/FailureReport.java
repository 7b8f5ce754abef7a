// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.BackendUnavailableException;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.statics.MissingLibraryException;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.surrogate.DivergedException;
import io.github.nanohooke.surrogate.SurrogateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one message and an exit code; stack traces only for what nobody foresaw. */
final class FailureReport implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return report(failure, command.getErr());
    }

    /** Tells a failure. @return its exit code */
    static int report(Exception failure, PrintWriter err) {
        int code = exitCode(failure);
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure instanceof FileWriteException) {
            message = failure.getMessage();
        } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            message = describe(failure);
        }
        err.println("nanohooke: " + message);
        if (code == ExitCodes.INTERNAL_ERROR) {
            LOG.error("internal error", failure);
        } else {
            LOG.debug("cause", failure);
        }
        return code;
    }

    static int exitCode(Exception failure) {
        if (failure instanceof MissingLibraryException || failure instanceof BackendUnavailableException) {
            return ExitCodes.LIBRARY_MISSING;
        }
        if (failure instanceof DivergedException) {
            return ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
        }
        if (failure instanceof FileWriteException unwritten) {
            // Results that were there and are lost; a place that cannot be written to is a wrong argument.
            return unwritten.reason() == FileWriteException.Reason.PLACE ? ExitCodes.BAD_INPUT
                    : ExitCodes.PARTIAL_RESULTS;
        }
        if (failure instanceof CancellationException) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        boolean badInput = failure instanceof StaticsException
                || failure instanceof StructureException
                || failure instanceof ImageException
                || failure instanceof NetworkException
                || failure instanceof SurrogateException
                || failure instanceof BadUsageException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException;
        return badInput ? ExitCodes.BAD_INPUT : ExitCodes.INTERNAL_ERROR;
    }

    // File system exceptions name the file but often not what is wrong with it.
    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = t.getMessage();
            if (message != null && text.indexOf(message) < 0) {
                String kind = t instanceof java.nio.file.FileSystemException
                        ? " (" + t.getClass().getSimpleName().replaceAll("Exception$", "")
                                .replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT) + ")"
                        : "";
                text.append(text.isEmpty() ? "" : ": ").append(message).append(kind);
            }
        }
        return text.toString();
    }
}
