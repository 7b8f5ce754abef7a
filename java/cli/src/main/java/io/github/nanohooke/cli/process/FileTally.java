// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * How the files of one call went: one that fails is told and passed over, and the exit code sums all up. Where nobody
 * reads the results any more, or the user stopped, the rest is left.
 */
public final class FileTally {
    private static final Logger LOG = LoggerFactory.getLogger(FileTally.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final int files;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StopSignal stop;
    private final boolean quiet;
    private long lastLine = System.nanoTime();
    private int done;
    private int failed;
    private int failure;
    private boolean unstable;
    private boolean incomplete;
    private boolean stopped;

    public FileTally(int files, CommandLine command, StopSignal stop, boolean quiet) {
        this.files = files;
        this.out = command.getOut();
        this.err = command.getErr();
        this.stop = stop;
        this.quiet = quiet;
    }

    /** Whether there is a point in the next file. */
    public boolean goesOn() {
        stopped |= stop.requested();
        return !stopped && !out.checkError();
    }

    /** Files that are behind us. */
    public int tried() {
        return done + failed;
    }

    /** Does one file's work; a failure that is the file's is told. */
    public void attempt(Path file, Runnable work) {
        try {
            work.run();
        } catch (CancellationException e) {
            stopped = true;
        } catch (RuntimeException e) {
            int code = FailureReport.exitCode(e);
            if (code == ExitCodes.INTERNAL_ERROR) {
                throw e; // no fault of the file: the next one would meet it too
            }
            failed++;
            failure = code;
            String message = FailureReport.message(e);
            say(message.contains(file.getFileName().toString()) ? message : file + ": " + message);
        }
    }

    /** A file's result is out. */
    public void done(boolean stable) {
        done++;
        unstable |= !stable;
        if (!quiet && files > 1 && System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
            lastLine = System.nanoTime();
            LOG.info("{} of {} files done", tried(), files);
        }
    }

    /** A file's result is out, but not all that belongs to it could be written. */
    public void incomplete(String message) {
        incomplete = true;
        say(message);
    }

    private void say(String message) {
        err.println("nanohooke: " + message);
    }

    /** Sums up, for people too where there were several files and not all went well. */
    public int exitCode() {
        if (stopped) {
            say("stopped; " + done + " of " + files + (files == 1 ? " file is done" : " files are done"));
            return ExitCodes.PARTIAL_RESULTS;
        }
        if (failed > 0) {
            if (files > 1) {
                say(failed + " of " + files + " files failed, for the reasons above");
            }
            return done > 0 ? ExitCodes.PARTIAL_RESULTS : failure;
        }
        if (incomplete) {
            return ExitCodes.PARTIAL_RESULTS;
        }
        return unstable ? ExitCodes.UNSTABLE_OR_NOT_CONVERGED : ExitCodes.OK;
    }
}
