// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output, UTF-8, that knows in the end whether all results arrived: print writers swallow what goes wrong, and
 * a script would go on with an empty file.
 */
public final class StandardOutput {
    private final Remembering stream;
    private final boolean isPipe;
    private final PrintWriter writer;

    /** @param isPipe whether nothing but its reader's end can make a write fail */
    StandardOutput(OutputStream out, boolean isPipe) {
        this.stream = new Remembering(out);
        this.isPipe = isPipe;
        this.writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** That of the process. */
    public static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
    }

    public PrintWriter writer() {
        return writer;
    }

    /**
     * What the process is to end with.
     *
     * @param code of the command
     * @param err  is told of lost results; not of a reader that has seen enough, such as {@code head -1}
     * @return the command's code where all was written or the command itself failed or was stopped
     */
    public int exitCode(int code, PrintWriter err) {
        writer.flush();
        boolean hadResults = code == ExitCodes.OK || code == ExitCodes.UNSTABLE_OR_NOT_CONVERGED;
        if (stream.failure == null || !hadResults && code != ExitCodes.PARTIAL_RESULTS) {
            return code;
        }
        String reason = String.valueOf(stream.failure.getMessage());
        if (isPipe || reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
            return hadResults ? ExitCodes.READER_GONE : code;
        }
        err.println("nanohooke: the results could not be written to standard output: " + reason);
        return ExitCodes.PARTIAL_RESULTS;
    }

    /** The system's words for a broken pipe are translated; on Linux a descriptor's link tells what it is. */
    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /** Keeps the first failure. */
    private static final class Remembering extends OutputStream {
        private final OutputStream out;
        private volatile IOException failure;

        private Remembering(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
