// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What still works on platforms that this project builds no natives for (macOS, arm64): without its jars of natives,
 * structures, pictures, files and the network by OpenBLAS, which others build; statics and finite elements say what is
 * missing.
 */
class WithoutNativesTest {
    private static final int MISSING = 3;
    private static final Path MODEL = Path.of("..", "model", "src", "main", "resources", "io", "github", "nanohooke",
            "model", "al", "nanohooke-al.safetensors");

    @TempDir
    Path folder;

    private static Nanohooke.Ended run(String... arguments) throws IOException {
        String jars = Arrays.stream(Nanohooke.classPath().split(File.pathSeparator))
                .filter(jar -> !Path.of(jar).getFileName().toString().matches("nanohooke-.*-linux-x86_64[.]jar"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(jars).contains("nanohooke-native-").doesNotContain("nanohooke-native-0.1.0-linux");
        return new Nanohooke().java(Nanohooke.javaOfThisTest(), List.of("-cp", jars, "io.github.nanohooke.cli.Main"),
                List.of(arguments)).await();
    }

    private Path structure() throws IOException {
        return Files.writeString(folder.resolve("pores.json"), "{\"cells\":[20,20,1],\"pores\":[{\"shape\":\"circle\","
                + "\"center\":[40,40],\"radius\":14}]}");
    }

    @Test
    void structuresPicturesAndModelsNeedNoNatives() throws IOException {
        Path structure = folder.resolve("s.json");
        for (String[] arguments : new String[][] {
            {"--version"}, {"info"}, {"model", MODEL.toString()},
            {"export", MODEL.toString(), "--onnx", folder.resolve("m.onnx").toString()},
            {"sample", "--kind", "mixed", "--index", "3", "--out", structure.toString()},
            {"image", structure.toString(), "--out", folder.resolve("s.png").toString()}}) {
            Nanohooke.Ended ended = run(arguments);
            assertThat(ended.exitCode()).as("%s %s", List.of(arguments), ended).isZero();
        }
        assertThat(folder.resolve("s.png")).isNotEmptyFile();
    }

    @Test
    void theNetworkRunsOnOpenBlasAndGivesTheSame() throws IOException {
        String structure = structure().toString();
        Nanohooke.Ended there = Nanohooke.run("predict", structure, "--json");
        Nanohooke.Ended hidden = run("predict", structure, "--json", "--backend", "auto");
        assertThat(hidden.exitCode()).as(hidden.toString()).isZero();
        assertThat(hidden.err()).contains("openblas");
        JsonNode expected = new ObjectMapper().readTree(there.out()).path("constants");
        JsonNode found = new ObjectMapper().readTree(hidden.out()).path("constants");
        assertThat(found.size()).isEqualTo(13);
        found.properties().forEach(constant -> assertThat(constant.getValue().doubleValue())
                .as(constant.getKey()).isCloseTo(expected.path(constant.getKey()).doubleValue(),
                        within(0.01)));
    }

    @Test
    void whatNeedsThemSaysSo() throws IOException {
        String structure = structure().toString();
        for (String[] arguments : new String[][] {
            {"statics", structure, "--method", "hessian"}, {"predict", structure, "--backend", "cpu"}}) {
            Nanohooke.Ended ended = run(arguments);
            assertThat(ended.exitCode()).as("%s %s", List.of(arguments), ended).isEqualTo(MISSING);
            assertThat(ended.err()).contains("native").doesNotContain("\tat ");
        }
    }
}
