// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the command line as a user does: a process of its own, on the jars that ship. */
final class Nanohooke {
    private static final long LIMIT_MINUTES = 5;
    private final Map<String, String> environment = new HashMap<>();

    /** What a finished process left behind. */
    record Ended(int exitCode, String out, String err) {
        @Override
        public String toString() {
            return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** A process under way. */
    record Running(Process process, Path out, Path err) {
        Ended await() {
            try {
                if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("still running after " + LIMIT_MINUTES + " minutes: "
                            + Files.readString(err));
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    Nanohooke with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    static Ended run(String... arguments) {
        return new Nanohooke().start(arguments).await();
    }

    /** Runs a script of bash in a folder; {@code nanohooke} is a function in it. */
    static Ended shell(Path folder, String script) {
        try {
            StringBuilder function = new StringBuilder("nanohooke() {");
            command().forEach(word -> function.append(" '").append(word.replace("'", "'\\''")).append('\''));
            return new Nanohooke().start(folder, List.of("bash", "-c", function + " \"$@\"; }; " + script)).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() throws IOException {
        return command(javaOfThisTest(), List.of("-cp", classPath(), "io.github.nanohooke.cli.Main"));
    }

    private static List<String> command(Path java, List<String> program) {
        // A build that runs in the background may have inherited an ignored Ctrl-C; users' shells have not.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", java.toString(),
                "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dfile.encoding=UTF-8"));
        command.addAll(program);
        return command;
    }

    Running start(String... arguments) {
        try {
            List<String> command = new ArrayList<>(command());
            command.addAll(List.of(arguments));
            return start(null, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of the Java of that file: its flags and main class, then its arguments. */
    Running java(Path java, List<String> program, List<String> arguments) {
        List<String> command = command(java, program);
        command.addAll(arguments);
        return start(null, command);
    }

    private Running start(Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile("nanohooke", ".out");
            Path err = Files.createTempFile("nanohooke", ".err");
            out.toFile().deleteOnExit();
            err.toFile().deleteOnExit();
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder == null ? null : folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("NANOHOOKE_MODEL"); // the one of this build, unless a test names another
            builder.environment().putAll(environment);
            return new Running(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path javaOfThisTest() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The launcher's class path, which the build writes from its target folder on. */
    static String classPath() throws IOException {
        String jars = Files.readString(Path.of("target", "classpath"), StandardCharsets.UTF_8).strip();
        return Arrays.stream(jars.split(File.pathSeparator))
                .map(jar -> Path.of("target").toAbsolutePath().resolve(jar).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Skips a test where this build has no LAMMPS, unless tests.require says that it must. */
    static void assumeLammps() throws IOException {
        boolean there = classPath().contains("nanohooke-lammps");
        if (System.getProperty("tests.require", "").contains("lammps")) {
            assertThat(there).as("LAMMPS is required").isTrue();
        }
        assumeTrue(there, "built without LAMMPS");
    }
}
