// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program on the module path, and the flags that JDK 24 and later want; each JDK of this machine runs them. */
class ModulePathTest {
    private static final String PROGRAM = """
            package program;

            import io.github.nanohooke.statics.*;
            import io.github.nanohooke.structure.*;
            import java.util.List;

            public class Main {
                public static void main(String[] args) {
                    var pores = List.<Pore>of(new Circle(8, 8, 2.5));
                    var structure = new PorousStructure(Lattice.aluminium(), new Cells(4, 4, 1), pores);
                    for (String method : List.of("hessian", "lammps")) {
                        try (var calculator = ElasticCalculators.open(method)) {
                            var result = calculator.calculate(structure.atoms(), StaticsOptions.defaults(),
                                    StaticsProgress.SILENT);
                            System.out.println(method + " " + result.outcome() + " in "
                                    + Main.class.getModule().getName());
                        }
                    }
                    System.exit(0);
                }
            }
            """;
    /** What the README tells to name on the module path. */
    static final String MODULES = "org.bytedeco.javacpp,io.github.nanohooke.natives,io.github.nanohooke.lammps";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runsOnTheModulePath(boolean newestJava) throws IOException {
        Nanohooke.assumeLammps();
        Path java = newestJava ? newestJava() : Nanohooke.javaOfThisTest();
        Path source = Files.createDirectories(folder.resolve("source").resolve("program"));
        Files.writeString(source.resolve("Main.java"), PROGRAM);
        Files.writeString(folder.resolve("source").resolve("module-info.java"),
                "module program { requires io.github.nanohooke; }");
        Path classes = folder.resolve("classes");
        int code = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-proc:none", "-p",
                Nanohooke.classPath(), "-d", classes.toString(), source.resolve("Main.java").toString(),
                folder.resolve("source").resolve("module-info.java").toString());
        assertThat(code).isZero();
        List<String> flags = new ArrayList<>(List.of("-p", classes + File.pathSeparator + Nanohooke.classPath(),
                "--add-modules", "ALL-MODULE-PATH"));
        if (newestJava) {
            flags.addAll(List.of("--enable-native-access=" + MODULES, "--illegal-native-access=deny"));
        }
        flags.addAll(List.of("-m", "program/program.Main"));
        Nanohooke.Ended ended = new Nanohooke().java(java, flags, List.of()).await();
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("hessian STABLE in program").contains("lammps STABLE in program");
        assertThat(ended.err()).doesNotContain("WARNING");
    }

    /** The network's module and the workers' processes are found there, too. */
    @Test
    void theCommandLineRunsOnTheModulePath() throws IOException {
        Path structure = Files.writeString(folder.resolve("s.json"), "{\"cells\":[20,20,1],\"pores\":[]}");
        for (List<String> command : List.of(List.of("predict", structure.toString()),
                List.of("dataset", "--kind", "mixed", "--count", "1", "--method", "hessian", "--workers", "1", "--out",
                        folder.resolve("data").toString()))) {
            Nanohooke.Ended ended = new Nanohooke().java(Nanohooke.javaOfThisTest(), List.of("-p",
                    Nanohooke.classPath(), "--add-modules", "ALL-MODULE-PATH", "-m",
                    "io.github.nanohooke.cli/io.github.nanohooke.cli.Main"), command).await();
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
        }
    }

    @Test
    void oneFlagIsEnoughOnTheClassPath() throws IOException {
        Nanohooke.assumeLammps();
        Path structure = Files.writeString(folder.resolve("s.json"),
                "{\"cells\":[4,4,1],\"pores\":[{\"shape\":\"circle\",\"center\":[8,8],\"radius\":2.5}]}");
        for (String method : List.of("hessian", "lammps")) {
            Nanohooke.Ended ended = new Nanohooke().java(newestJava(), List.of("--enable-native-access=ALL-UNNAMED",
                    "--illegal-native-access=deny", "-cp", Nanohooke.classPath(), "io.github.nanohooke.cli.Main"),
                    List.of("statics", structure.toString(), "--method", method)).await();
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.err()).doesNotContain("WARNING");
        }
    }

    // JDKs of this machine by Debian's place for them; JDK 24 is the first that knows --illegal-native-access.
    private static Path newestJava() throws IOException {
        Path homes = Path.of("/usr/lib/jvm");
        assumeTrue(Files.isDirectory(homes), "no folder of JDKs here");
        try (Stream<Path> all = Files.list(homes)) {
            List<Path> modern = all.filter(home -> release(home) >= 24).sorted().toList();
            assumeTrue(!modern.isEmpty(), "no JDK 24 or later here");
            return modern.get(modern.size() - 1).resolve("bin").resolve("java");
        }
    }

    private static int release(Path home) {
        Path file = home.resolve("release");
        try (Stream<String> lines = Files.isRegularFile(file) ? Files.lines(file) : Stream.<String>empty()) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION=\""))
                    .map(line -> line.replaceAll("JAVA_VERSION=\"(\\d+).*", "$1"))
                    .mapToInt(Integer::parseInt).findFirst().orElse(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
