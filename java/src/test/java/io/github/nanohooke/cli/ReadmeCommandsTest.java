// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line of the README and of the data's README is one that the command line takes. */
class ReadmeCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINE = Pattern.compile("(?m)^\\./nanohooke (.+)$");
    private static final Pattern QUOTED = Pattern.compile("`\\./nanohooke ([^`]+)`");
    /** What a shell would keep: a comment, a pipe, a file for the output. */
    private static final Pattern SHELL = Pattern.compile("\\s+[#|>].*$");

    static Stream<String> commands() {
        return Stream.of("README.md", "test-data/statics/README.md", "test-data/dataset/README.md",
                "test-data/model/README.md")
                .flatMap(name -> commands(ROOT.resolve(name)))
                // The launcher's own.
                .filter(command -> !Set.of("test", "clean").contains(command));
    }

    private static Stream<String> commands(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(LINE, QUOTED).flatMap(pattern -> pattern.matcher(text).results())
                .map(match -> SHELL.matcher(match.group(1)).replaceFirst("").strip());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String command) {
        assertThatCode(() -> Main.commandLine().parseArgs(command.split("\\s+"))).doesNotThrowAnyException();
    }

    @Test
    void theListIsNotEmpty() {
        List<String> all = commands().toList();
        assertThat(all).hasSizeGreaterThan(20).contains("compare minima --count 20 --out minima", "bench -l");
        assertThat(all).noneMatch(command -> command.contains("#") || command.contains("|"));
    }
}
