// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.CommandRuns;
import io.github.nanohooke.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** beam --atoms; its numbers are AtomBeamTest's. */
class AtomBeamCommandTest {
    @TempDir
    private Path folder;

    @Test
    void jsonTableAndFiles() throws IOException {
        CommandRuns runs = new CommandRuns(folder);
        Path out = folder.resolve("out");
        JsonNode result = runs.json("beam", "--atoms", "--cells", "50", "--steps", "2", "--json", "--quiet", "--out",
                out);
        assertThat(result.path("cells").asInt()).isEqualTo(50);
        assertThat(result.path("atoms").asInt()).isEqualTo(100 * 20 - 9 * 2 * 4);
        assertThat(result.path("reference").asText()).isEqualTo("free");
        assertThat(result.path("steps").findValuesAsText("u")).containsExactly("0.0", "1.0", "2.0");
        JsonNode last = result.path("steps").get(2);
        assertThat(last.path("Fy").asDouble()).isPositive();
        assertThat(last.path("FyConsistent").asDouble()).isCloseTo(last.path("Fy").asDouble(), within(1e-4));
        assertThat(last.path("evaluations").asInt()).isBetween(3, 60);
        assertThat(last.path("residual").asDouble()).isBetween(0.0, 5e-6);
        assertThat(new ObjectMapper().readTree(Files.readString(out.resolve("beam.json")))).isEqualTo(result);
        assertThat(Files.readAllLines(out.resolve("path.csv"))).hasSize(4).first().asString().startsWith("u_nm,Fy");
        for (String file : List.of("path.png", "path.svg", "strain-2.000-nm.png", "state.bin")) {
            assertThat(out.resolve(file)).isNotEmptyFile();
        }
        // All of it is there already.
        assertThat(runs.run("beam", "--atoms", "--cells", "50", "--steps", "2", "--quiet", "--out", out)).isZero();
        assertThat(runs.out()).contains("1928 atoms", "reference free", "2.000");
    }

    @Test
    void wrongOptionsAreUsage() {
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("beam", "--cells", "100")).isEqualTo(2);
        assertThat(runs.err()).contains("--atoms");
        for (String[] words : new String[][] {{"--cells", "110"}, {"--u", "2,1"}, {"--u", "1", "--steps", "2"},
            {"--steps", "0"}, {"--reference", "loose"}, {"--threads", "0"}, {"--u", "-1"}, {"--law", "hencky"},
            {"--source", "atoms"}, {"--mesh", "4,2"}, {"--cache", "tables"}}) {
            Object[] all = new Object[words.length + 2];
            all[0] = "beam";
            all[1] = "--atoms";
            System.arraycopy(words, 0, all, 2, words.length);
            assertThat(runs.run(all)).as(String.join(" ", words)).isEqualTo(2);
            assertThat(runs.err()).doesNotContain("Exception");
        }
    }

    /** Bent far beyond what its atoms bear it has no state: what came before is told, and kept. */
    @Test
    void whatWasFoundBeforeADeadEndIsTold() {
        CommandRuns runs = new CommandRuns(folder);
        Path out = folder.resolve("far");
        assertThat(runs.run("beam", "--atoms", "--cells", "50", "--u", "1,18", "--out", out)).isEqualTo(4);
        assertThat(runs.out()).contains("1928 atoms", "   1.000", "Fy N/m");
        assertThat(runs.err()).contains("not relaxed at 18.00 nm", "stability beyond 1.000 nm");
        assertThat(out.resolve("path.csv")).isNotEmptyFile();
    }

    /** One that is asked to stop prints and writes what it has found, all in one piece. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void tellsWhatItFoundWhenItIsStopped() throws IOException, InterruptedException {
        Path out = folder.resolve("stopped");
        Path said = folder.resolve("said.json");
        Process process = begun(long200(out), out, said);
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(5);
        JsonNode told = new ObjectMapper().readTree(said.toFile());
        assertThat(told.path("complete").asBoolean()).isFalse();
        assertThat(told.path("steps").size()).isBetween(2, 200);
        assertThat(new ObjectMapper().readTree(out.resolve("beam.json").toFile())).isEqualTo(told);
        assertThat(Files.readAllLines(out.resolve("path.csv"))).hasSize(1 + told.path("steps").size());
        assertThat(out.resolve("path.png")).isNotEmptyFile();
    }

    private static List<String> long200(Path out) {
        return List.of("beam", "--atoms", "--cells", "100", "--steps", "200", "--quiet", "--json", "--out",
                out.toString());
    }

    /** A process that has found some of its states. */
    private static Process begun(List<String> words, Path out, Path said) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile()).start();
        while (!Files.exists(out.resolve("state.bin")) && process.isAlive()) {
            Thread.sleep(5);
        }
        Thread.sleep(300);
        return process;
    }

    /** A process that is killed between steps leaves a state that the next one goes on from. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void goesOnAfterAKill() throws IOException, InterruptedException {
        Path out = folder.resolve("killed");
        List<String> words = long200(out);
        Process process = begun(words, out, folder.resolve("nothing"));
        process.destroyForcibly().waitFor();
        CommandRuns runs = new CommandRuns(folder);
        JsonNode result = runs.json(words.toArray());
        assertThat(result.path("resumed").asInt()).isBetween(1, 200);
        assertThat(result.path("steps")).hasSize(201);
        JsonNode half = result.path("steps").get(100);
        assertThat(half.path("u").asDouble()).isEqualTo(2.0);
        assertThat(half.path("Fy").asDouble()).isCloseTo(1.20035, within(1.3e-4));
    }
}
