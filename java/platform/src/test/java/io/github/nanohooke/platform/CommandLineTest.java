// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as the README shows it. */
class CommandLineTest {
    private static final String TILTED = "{\"cells\":[8,8,1],\"pores\":[{\"shape\":\"polygon\","
            + "\"vertices\":[[6,6],[20,9],[11,22]]}]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lammps", "hessian"})
    void measuresATensorAndWritesItDown(String method) throws IOException {
        if (method.equals("lammps")) {
            Nanohooke.assumeLammps();
        }
        Path structure = Files.writeString(folder.resolve("tilted.json"), TILTED);
        Path out = folder.resolve("out");
        Nanohooke.Ended ended = Nanohooke.run("statics", structure.toString(), "--method", method, "--json", "--out",
                out.toString());
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        JsonNode result = new ObjectMapper().readTree(ended.out());
        assertThat(result.path("method").asText()).isEqualTo(method);
        assertThat(result.path("converged").asBoolean()).isTrue();
        assertThat(result.path("positiveDefinite").asBoolean()).isTrue();
        assertThat(result.path("residualStress").asDouble()).isLessThan(1e-5);
        assertThat(result.path("maxForce").asDouble()).isLessThan(1e-5);
        assertThat(result.path("symmetryResidual").asDouble()).isLessThan(0.01);
        assertThat(result.path("constants").size()).isEqualTo(13);
        assertThat(result.path("constants").path("C12").asDouble())
                .isEqualTo(result.path("stiffness").path(0).path(1).asDouble());
        assertThat(result.path("units").path("constants").asText()).isEqualTo("GPa");
        for (String name : List.of("result.json", "relaxed.xyz", "relaxed.data", "image.png", "structure.png",
                "stiffness.png", "summary.png")) {
            assertThat(out.resolve(name)).isNotEmptyFile();
        }
        assertThat(new ObjectMapper().readTree(out.resolve("result.json").toFile())).isEqualTo(result);
    }

    @Test
    void twoMethodsAgree() throws IOException {
        Nanohooke.assumeLammps();
        Path structure = Files.writeString(folder.resolve("tilted.json"), TILTED);
        JsonNode slow = new ObjectMapper().readTree(
                Nanohooke.run("statics", structure.toString(), "--method", "lammps", "--json").out());
        JsonNode fast = new ObjectMapper().readTree(
                Nanohooke.run("statics", structure.toString(), "--method", "hessian", "--json").out());
        assertThat(fast.path("energy").asDouble()).isCloseTo(slow.path("energy").asDouble(), within(1e-6));
        for (int i = 0; i < 36; i++) {
            assertThat(fast.path("stiffness").path(i / 6).path(i % 6).asDouble()).as("entry " + i)
                    .isCloseTo(slow.path("stiffness").path(i / 6).path(i % 6).asDouble(), within(0.02));
        }
    }

    /** A small box, where all three ways down end in one minimum. */
    @Test
    void comparesTheMethodsOnARandomStructure() throws IOException {
        Nanohooke.assumeLammps();
        for (String what : new String[] {"minima", "accuracy"}) {
            Path out = folder.resolve(what);
            Nanohooke.Ended ended = Nanohooke.run("compare", what, "--kind", "circles", "--cells", "8,8", "--count",
                    "1", "--porosity", "5,20", "--out", out.toString());
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            assertThat(ended.out()).startsWith("1 structures")
                    .contains(what.equals("minima") ? "0 structures where not all" : "1 judged");
            assertThat(Files.readAllLines(out.resolve(what + ".csv"))).hasSize(2);
        }
    }

    @Test
    void drawsTheSameSampleEveryTime() {
        String first = Nanohooke.run("sample", "--kind", "mixed", "--seed", "5", "--index", "3").out();
        assertThat(first).contains("\"pores\"");
        assertThat(Nanohooke.run("sample", "--kind", "mixed", "--seed", "5", "--index", "3").out()).isEqualTo(first);
        assertThat(Nanohooke.run("sample", "--kind", "mixed", "--seed", "5", "--index", "4").out())
                .isNotEqualTo(first);
    }

    /** A log is not empty for the first minute, whatever is slow or wrong in what is read. */
    @ParameterizedTest
    @ValueSource(strings = {"hessian", "lammps", "auto"})
    void saysTheMethodBeforeAnythingIsRead(String method) {
        String none = folder.resolve("none").toString();
        String said = "statics of " + none + ", method " + method + ": ";
        Nanohooke.Ended ended = Nanohooke.run("statics", none, "--method", method, "--potential", none);
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).containsSubsequence(said, "nanohooke: ");
        assertThat(Nanohooke.run("statics", none, none, "--method", method).err())
                .contains("statics of 2 files, method " + method + ": ");
        assertThat(Nanohooke.run("statics", none, "--method", method, "--quiet").err()).doesNotContain(said);
    }

    @Test
    void keepsWhatIsFinishedWhenInterrupted() throws Exception {
        Nanohooke.assumeLammps();
        Path out = folder.resolve("demo");
        Nanohooke.Running demo = new Nanohooke().start("demo", "--out", out.toString());
        Path first = out.resolve("fig4-1").resolve("summary.png");
        while (!Files.exists(first) && demo.process().isAlive()) {
            Thread.sleep(50);
        }
        // What Ctrl-C sends; Process.destroy would send SIGTERM.
        new ProcessBuilder("kill", "-INT", String.valueOf(demo.process().pid())).start().waitFor();
        Nanohooke.Ended ended = demo.await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(5);
        assertThat(ended.out()).contains("fig4-1", "The network beside statics", "stopped after");
        JsonNode statics = new ObjectMapper().readTree(out.resolve("fig4-1").resolve("result.json").toFile());
        JsonNode network = new ObjectMapper().readTree(out.resolve("fig4-1").resolve("network.json").toFile());
        assertThat(statics.path("method").asText()).isEqualTo("hessian");
        assertThat(network.path("method").asText()).isEqualTo("network");
        assertThat(out.resolve("fig4-1").resolve("lammps.json")).isNotEmptyFile();
        assertThat(network.path("constants").path("C11").asDouble())
                .isCloseTo(statics.path("constants").path("C11").asDouble(), within(10.0));
        assertThat(out.resolve("network.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "statics", "sample", "image", "predict", "model", "export", "info", "bench"})
    void teachesEveryCommand(String command) {
        Nanohooke.Ended ended = Nanohooke.run(command, "--help");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("Usage: nanohooke " + command).contains("Example");
    }
}
