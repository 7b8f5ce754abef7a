// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the descriptors in the jars say, and what a program gets that asks for the API alone. */
class ModulesTest {
    private static final String API = "io.github.nanohooke";
    /** How the API works inside: for our own modules, or for none. */
    private static final Set<String> INTERNAL = Set.of("comparison", "comparison.labels", "figures", "figures.chart",
            "figures.paper", "kernels", "nn.cpu", "nn.reference");

    private static ModuleFinder modules() throws IOException {
        return ModuleFinder.of(Arrays.stream(Nanohooke.classPath().split(File.pathSeparator)).map(Path::of)
                .toArray(Path[]::new));
    }

    private static ModuleDescriptor module(String name) throws IOException {
        return modules().find(name).map(ModuleReference::descriptor)
                .orElseThrow(() -> new AssertionError("no module " + name));
    }

    @Test
    void ourJarsHaveDescriptorsAndOnlyThoseOfNativesAloneAreWithout() throws IOException {
        List<String> automatic = modules().findAll().stream().map(ModuleReference::descriptor)
                .filter(module -> module.name().startsWith(API) && module.isAutomatic())
                .map(ModuleDescriptor::name).sorted().toList();
        assertThat(automatic).allMatch(name -> name.endsWith(".linux.x86_64"));
        assertThat(module(API + ".model.al").isOpen()).isTrue();
    }

    /** A package that comes is exported, or named above. */
    @Test
    void theApiExportsAllButWhatIsInternal() throws IOException {
        ModuleDescriptor api = module(API);
        Set<String> exported = api.exports().stream().filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(api.packages());
        INTERNAL.forEach(name -> assertThat(expected.remove(API + "." + name)).as(name).isTrue());
        assertThat(exported).isEqualTo(expected);
        assertThat(api.exports().stream().filter(ModuleDescriptor.Exports::isQualified)
                .flatMap(export -> export.targets().stream())).allMatch(name -> name.startsWith(API + "."));
    }

    /** All that the API asks for, one by way of another; its class path is no longer than that. */
    @Test
    void theApiBringsNoCommandLineAndNoNetwork() throws IOException {
        ModuleFinder all = modules();
        Set<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(API));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (reached.add(name)) {
                all.find(name).ifPresent(there -> there.descriptor().requires().forEach(r -> next.add(r.name())));
            }
        }
        assertThat(reached).contains("org.slf4j", API + ".natives")
                .noneMatch(name -> name.matches("info[.]picocli.*|me[.]tongfei.*|org[.]jline.*|.*[.](cli|model[.]al)"));
        String pom = Files.readString(Path.of("..", "pom.xml"));
        assertThat(pom).doesNotContain("picocli", "progressbar", "jline", "nanohooke-cli");
    }

    /** The launcher, too, where a publication has put jars of sources and Javadoc beside those that run. */
    @Test
    void theClassPathHasNoJarsOfSourcesOrJavadoc(@TempDir Path folder) throws IOException {
        assertThat(Nanohooke.classPath().split(File.pathSeparator)).allMatch(jar -> Files.isRegularFile(Path.of(jar)))
                .noneMatch(jar -> jar.matches(".*-(sources|javadoc|tests)[.]jar"));
        for (String end : List.of("", "-javadoc", "-sources", "-tests")) {
            Files.createFile(folder.resolve("nanohooke-jmh-0.1.0" + end + ".jar"));
        }
        String launcher = Files.readString(Path.of("..", "..", "nanohooke"));
        String function = launcher.substring(launcher.indexOf("\nown_jar() {"));
        function = function.substring(0, function.indexOf("\n}\n") + 3);
        Nanohooke.Ended ended = Nanohooke.shell(folder, function + "own_jar .");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).isEqualTo("./nanohooke-jmh-0.1.0.jar");
    }
}
