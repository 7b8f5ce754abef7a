// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTurnTest {
    private static final int STEPS = 100;

    @TempDir
    private Path folder;

    /** Counts in a file, of which it is given the name: reads it and writes it anew, many times. */
    public static void main(String[] words) {
        Path file = Path.of(words[0]);
        for (int k = 0; k < STEPS; k++) {
            FileTurn.take(file, () -> count(file));
        }
    }

    private static void count(Path file) {
        try {
            long before = Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
            AtomicFile.writeText(file, Long.toString(before + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of three processes, one of which has another way to the file, none writes over what another has written. */
    @Test
    void processesTakeTurns() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("count"), "0");
        Path link = Files.createSymbolicLink(Files.createDirectory(folder.resolve("other")).resolve("name"), file);
        List<Process> all = new ArrayList<>();
        for (Path name : List.of(file, file, link)) {
            all.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                    FileTurnTest.class.getName(), name.toString()).inheritIO().start());
        }
        for (Process one : all) {
            assertThat(one.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(one.exitValue()).isZero();
        }
        assertThat(Files.readString(file)).isEqualTo(Integer.toString(3 * STEPS));
    }

    @Test
    void aStepThatFailsEndsItsTurn() {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> FileTurn.take(file, () -> {
            throw new IllegalStateException("no");
        })).hasMessage("no");
        FileTurn.take(file, () -> AtomicFile.writeText(file, "done"));
        assertThat(file).hasContent("done");
    }
}
