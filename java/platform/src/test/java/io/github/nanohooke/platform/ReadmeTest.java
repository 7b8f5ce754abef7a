// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java examples of the README and the page on Java are compiled and run as they stand there. */
class ReadmeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"README.md, Example, STABLE", "docs/java.md, Predict, '26 constants, 65536 derivatives'",
        "docs/beam.md, Beam, ' -40.0 nm   -21.75 N/m'"})
    void examplesRun(String page, String name, String expected) throws Exception {
        Nanohooke.assumeLammps();
        Path source = Files.writeString(folder.resolve(name + ".java"), example(page, name));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-cp",
                Nanohooke.classPath(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("NANOHOOKE_MODEL");
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains(expected);
    }

    /** The tutorial's shell, line by line as it stands there. */
    @Test
    void theTutorialsCommandsRun() throws IOException {
        String text = Files.readString(Path.of("..", "..", "docs", "beam.md"));
        Matcher code = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(code.find()).isTrue();
        Nanohooke.Ended ended = Nanohooke.shell(folder, "set -e; " + code.group(1).replace("./nanohooke", "nanohooke"));
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        String[] last = ended.out().strip().lines().reduce((first, second) -> second).orElseThrow().split(",");
        assertThat(Double.parseDouble(last[0])).isEqualTo(-40);
        assertThat(Double.parseDouble(last[1])).isCloseTo(-21.75, within(0.005));
        assertThat(folder.resolve("bend")).isDirectoryContaining("glob:**/path.png")
                .isDirectoryContaining("glob:**/path.pvd").isDirectoryContaining("glob:**/state-010.vtu");
    }

    private static String example(String page, String name) throws IOException {
        String text = Files.readString(Path.of("..", "..").resolve(page));
        Matcher code = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(text);
        while (code.find()) {
            if (code.group(1).contains("public class " + name + " ")) {
                return code.group(1);
            }
        }
        throw new AssertionError(page + " has no Java example " + name);
    }
}
