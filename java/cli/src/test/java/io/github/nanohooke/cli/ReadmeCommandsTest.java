// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command line of the README, of the pages behind it and of the data is one that the command line takes. */
class ReadmeCommandsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern LINE = Pattern.compile("(?m)^\\./nanohooke (.+)$");
    private static final Pattern QUOTED = Pattern.compile("`\\./nanohooke ([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^) ]+)\\)");
    /** What a shell would keep: a comment, a pipe, a file for the output. */
    private static final Pattern SHELL = Pattern.compile("\\s+[#|>].*$");

    static Stream<String> commands() {
        return pages().flatMap(ReadmeCommandsTest::commands)
                // The launcher's own.
                .filter(command -> !Set.of("test", "clean").contains(command));
    }

    /** What people read: the files in Markdown at the top, in docs and beside the data. */
    private static Stream<Path> pages() {
        return Stream.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("native"), ROOT.resolve("test-data"))
                .flatMap(folder -> {
                    try (Stream<Path> files = Files.walk(folder, folder.endsWith("test-data") ? 2 : 1)) {
                        return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> commands(Path file) {
        String text = text(file);
        return Stream.of(LINE, QUOTED).flatMap(pattern -> pattern.matcher(text).results())
                .map(match -> SHELL.matcher(match.group(1)).replaceFirst("").strip());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isUnderstood(String command) {
        assertThatCode(() -> Main.commandLine().parseArgs(command.split("\\s+"))).doesNotThrowAnyException();
    }

    /** Links to other files lead to files, links to headings to headings. */
    @ParameterizedTest
    @MethodSource("pages")
    void itsLinksLeadSomewhere(Path page) {
        assertThat(LINK.matcher(text(page)).results().map(match -> match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !leadsSomewhere(page, link)))
                .as("links of %s that lead nowhere", page).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || text(target).lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .anyMatch(parts[1]::equals));
    }

    @Test
    void theListIsNotEmpty() {
        List<String> all = commands().toList();
        assertThat(all).hasSizeGreaterThan(20).contains("compare minima --count 20 --out minima", "bench -l");
        assertThat(all).noneMatch(command -> command.contains("#") || command.contains("|"));
    }
}
