// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of results that a shell sends elsewhere: to a full device, to nobody, into pipes, into devices. */
class LostOutputTest {
    private static final int PARTIAL = 5;
    private static final String SMALL = "{\"cells\":[6,6,1],\"pores\":[{\"shape\":\"circle\",\"center\":[12,12],"
            + "\"radius\":4}]}";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheStructure() throws IOException {
        Files.writeString(folder.resolve("x.json"), SMALL);
    }

    /** Runs a shell script in the folder, in which {@code nanohooke} is a function. */
    private Nanohooke.Ended shell(String script) {
        return Nanohooke.shell(folder, script);
    }

    /** The case stdout-full-exit-0. */
    @ParameterizedTest
    @ValueSource(strings = {"statics x.json --json --quiet", "statics x.json --quiet",
        "sample --kind mixed --seed 1 --index 1", "info", "image x.json --json", "predict x.json --help"})
    void aFullDeviceIsNoSuccess(String command) {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
        Nanohooke.Ended ended = shell("nanohooke " + command + " > /dev/full");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(PARTIAL);
        assertThat(ended.err()).contains("could not be written to standard output: No space left");
    }

    @Test
    void aClosedOutputIsNoSuccess() {
        Nanohooke.Ended ended = shell("nanohooke sample --kind mixed --seed 1 --index 1 >&-");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(PARTIAL);
        assertThat(ended.err()).contains("could not be written to standard output");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoNews() {
        Nanohooke.Ended ended = shell("{ nanohooke sample --kind mixed --seed 1 --index 1; echo $? > code; }"
                + " | true; cat code");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().strip()).isIn("141", "0"); // 0 where all was written before the reader went
    }

    /** The case pipe-input. */
    @ParameterizedTest
    @ValueSource(strings = {"nanohooke image /dev/stdin --out a.png < <(cat x.json)", "cat x.json | nanohooke image"
            + " /dev/stdin --out a.png", "nanohooke image <(cat x.json) --out a.png"})
    void structuresComeThroughPipes(String script) {
        Nanohooke.Ended ended = shell(script);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(folder.resolve("a.png")).isNotEmptyFile();
    }

    @Test
    void besideAPipeNoPictureIsPut() {
        Nanohooke.Ended ended = shell("cat x.json | nanohooke image /dev/stdin");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.err()).contains("--out");
    }

    /** The case device-replaced. */
    @Test
    void devicesAndPipesAreWrittenTo() throws IOException {
        Nanohooke.Ended ended = shell("mkfifo pipe || exit 77; cat pipe > through & mknod null c 1 3;"
                + " nanohooke sample --kind mixed --seed 1 --index 1 --out pipe || exit 1; wait;"
                + " nanohooke sample --kind mixed --seed 1 --index 1 --out /dev/stdout || exit 2;"
                + " if [ -c null ]; then nanohooke image x.json --out null > text || exit 3; [ -c null ] || exit 4; fi;"
                + " [ -p pipe ] || exit 5");
        assumeTrue(ended.exitCode() != 77, "named pipes need a POSIX system");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).startsWith("{").contains("\"pores\"");
        assertThat(folder.resolve("through")).hasContent(ended.out());
    }
}
