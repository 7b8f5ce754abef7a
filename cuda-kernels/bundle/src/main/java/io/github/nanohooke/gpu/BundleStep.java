// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.BackendUnavailableException;
import io.github.nanohooke.nn.SessionOptions;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the programs have in common: {@code --engine NAME} (an engine of the backend; {@code auto}), {@code --out FILE}
 * and {@code --seconds S}; {@code --backend} is another one for rehearsals.
 */
abstract class BundleStep {
    private static final double LONGEST = 600;

    final Words words;
    final String engine;
    final Findings findings;

    BundleStep(String name, String[] arguments) {
        words = new Words(arguments);
        engine = words.text("engine", SessionOptions.AUTO);
        Path out = words.path("out");
        try {
            Files.createDirectories(out.toAbsolutePath().getParent());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        findings = new Findings(out, name, words.number("seconds", LONGEST));
    }

    /**
     * Exit code where the backend cannot be used at all. A part goes on after its first step, {@link Probe}, only where
     * there is a GPU: one that is gone later has failed.
     */
    int withoutBackend() {
        return Findings.FAILED;
    }

    /** The work; what it throws is a failure of the step. */
    abstract void work(Backend cuda) throws Exception;

    /** Runs the step and ends the process. */
    final void run() {
        int code = withoutBackend();
        try {
            Backend cuda = Backends.open(words.text("backend", "cuda"));
            code = Findings.UNAVAILABLE;
            findings.value("library", cuda.library());
            if (!engine.equals(SessionOptions.AUTO) && !cuda.instructionSets().contains(engine)) {
                throw new BackendUnavailableException("backend cuda has no engine " + engine + " here; it has "
                        + String.join(", ", cuda.instructionSets()));
            }
            work(cuda);
            code = findings.end();
        } catch (BackendUnavailableException e) {
            findings.headline(e.getMessage());
            System.err.println(e.getMessage());
        } catch (Exception | Error e) {
            e.printStackTrace();
            findings.failure(e.toString());
            findings.headline("ended by " + e);
            code = Findings.FAILED;
        }
        System.err.flush();
        // Not exit: nothing is left to be done, and a device that hangs must not hold the process.
        Runtime.getRuntime().halt(code);
    }

    SessionOptions with(SessionOptions options) {
        return options.withInstructionSet(engine);
    }
}
