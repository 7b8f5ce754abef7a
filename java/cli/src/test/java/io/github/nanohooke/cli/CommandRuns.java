// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs commands in this process and keeps what they print. */
public final class CommandRuns {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param folder for the inputs */
    public CommandRuns(Path folder) {
        this.folder = folder;
    }

    /** Copies a file that lies beside this class among the test's resources. */
    public Path input(String name) throws IOException {
        try (InputStream in = CommandRuns.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    /** Runs a command. @return its exit code */
    public int run(Object... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** Runs a command that succeeds and prints one JSON object. */
    public JsonNode json(Object... words) throws IOException {
        assertThat(run(words)).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
