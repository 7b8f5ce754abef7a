// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.capi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.Required;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What libnanohooke_c answers, to the last bit: by native/tests/capi/probe.cpp, which the native module builds. */
public final class Probe {
    /** Inputs and expected outputs of the C interface's tests. */
    public static final Path DATA = Path.of("..", "test-data", "c-interface");
    private static final Path PROGRAM = Path.of("..", "native", "target", "cmake", "tests", "capi", "capi_probe");

    private Probe() {
    }

    /**
     * The numbers that the probe prints, one array a line.
     *
     * @throws IllegalArgumentException with the library's message, where it answers an error
     */
    public static List<double[]> run(Object... arguments) {
        Required.orSkip("native", Files.isExecutable(PROGRAM), "the native module is not built here");
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        try {
            Path errors = Files.createTempFile("probe", ".err");
            try {
                Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                String message = Files.readString(errors);
                if (code == 3) {
                    throw new IllegalArgumentException(message);
                }
                assertThat(code).as(message).isZero();
                return output.lines().map(Probe::numbers).toList();
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double[] numbers(String line) {
        // C writes 0 as 0x0p+0 and so does Java read it.
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /**
     * Compares with the stored numbers that the C++ tests expect, or stores them: -Dnanohooke.c-interface=write, after
     * the inputs have changed.
     */
    public static void requireStored(String name, List<double[]> rows, double tolerance) throws IOException {
        Path file = DATA.resolve(name);
        if ("write".equals(System.getProperty("nanohooke.c-interface"))) {
            Files.writeString(file, rows.stream().map(row -> Arrays.stream(row)
                    .mapToObj(v -> String.format(Locale.ROOT, "%.12g", v)).collect(Collectors.joining(" ")))
                    .collect(Collectors.joining("\n", "", "\n")));
        }
        double[] stored = Files.readString(file).lines().flatMapToDouble(line -> Arrays.stream(numbers(line)))
                .toArray();
        double[] ours = rows.stream().flatMapToDouble(Arrays::stream).toArray();
        assertThat(ours).hasSameSizeAs(stored);
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).isCloseTo(stored[i], within(tolerance));
        }
    }
}
