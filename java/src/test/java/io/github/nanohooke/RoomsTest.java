// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of the whole: one way between packages, one root of exceptions. */
class RoomsTest {
    private static final List<Path> SOURCES = List.of(Path.of("src", "main", "java"),
            Path.of("cli", "src", "main", "java"));
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(io\\.github\\.nanohooke[a-z.]*)\\.([A-Z]"
            + "\\w*)[\\w.]*;", Pattern.MULTILINE);

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void noPackageKnowsOneThatKnowsIt() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        List<Path> sources = new ArrayList<>();
        for (Path root : SOURCES) {
            sources.addAll(files(root, ".java"));
        }
        for (Path file : sources) {
            String text = Files.readString(file);
            Matcher here = PACKAGE.matcher(text);
            assertThat(here.find()).as(file.toString()).isTrue();
            // An import that serves a link in a comment is no dependency.
            String code = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^import .*", "");
            Set<String> of = known.computeIfAbsent(here.group(1), name -> new TreeSet<>());
            IMPORT.matcher(text).results().filter(there -> !there.group(1).equals(here.group(1)))
                    .filter(there -> Pattern.compile("\\b" + there.group(2) + "\\b").matcher(code).find()
                            || there.group().startsWith("import static "))
                    .forEach(there -> of.add(there.group(1)));
        }
        assertThat(known).hasSizeGreaterThan(20);
        for (String start : known.keySet()) {
            Set<String> reached = new TreeSet<>();
            Deque<String> next = new ArrayDeque<>(known.get(start));
            while (!next.isEmpty()) {
                String name = next.pop();
                if (reached.add(name)) {
                    next.addAll(known.getOrDefault(name, Set.of()));
                }
            }
            assertThat(reached).as("packages that " + start + " knows, one by way of another").doesNotContain(start);
        }
    }

    @Test
    void everyUncheckedExceptionHasTheOneRoot() throws IOException, ClassNotFoundException {
        int seen = 0;
        for (Path file : files(CLASSES, "Exception.class")) {
            String name = CLASSES.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
            Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
            if (RuntimeException.class.isAssignableFrom(type)) {
                assertThat(type).isAssignableTo(NanohookeException.class);
                seen += Modifier.isPublic(type.getModifiers()) ? 1 : 0;
            }
        }
        assertThat(seen).isGreaterThan(10);
    }
}
