// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a process ends that is stopped by a signal. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StopSignalTest {
    @TempDir
    private Path folder;

    /** As Main: prints its results, then waits for the signal and says that all went well. */
    static final class Program {
        private Program() {
        }

        public static void main(String[] args) throws InterruptedException {
            StandardOutput out = StandardOutput.ofProcess();
            StopSignal.askBeforeEnd(code -> out.exitCode(code, new PrintWriter(System.err, true)));
            try (StopSignal stop = new StopSignal(ExitCodes.PARTIAL_RESULTS)) {
                out.writer().println("results");
                System.err.println("printed");
                while (!stop.requested()) {
                    Thread.sleep(5);
                }
                stop.exitCode(Integer.parseInt(args[0]));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/dev/null, 0, 0", "/dev/full, 0, 5", "/dev/full, 5, 5", "/dev/null, 99, 99"})
    void resultsThatDidNotArriveAreToldThereToo(File out, int code, int expected) throws Exception {
        assumeTrue(out.exists(), "there is no " + out);
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Program.class.getName(), Integer.toString(code)))
                .redirectOutput(out).redirectError(err.toFile()).start();
        while (process.isAlive() && !Files.readString(err).startsWith("printed")) {
            Thread.sleep(5);
        }
        assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(expected);
        assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith(
                "nanohooke: the results could not be written to standard output: ")))
                .hasSize(out.getName().equals("full") ? 1 : 0);
    }
}
