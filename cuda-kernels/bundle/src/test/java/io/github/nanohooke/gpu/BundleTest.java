// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle as the launcher makes it, without the runtime, on a machine without a GPU: what it holds, what its script
 * says, and its programs on the kernels compiled for the host.
 */
class BundleTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOST = Path.of("..", "target", "test-classes").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;
    private static Path bundle;

    /** What a process said on its output and errors, and its exit code. */
    private record Said(int code, String text) {

        static Said of(ProcessBuilder process) throws IOException, InterruptedException {
            Process running = process.redirectErrorStream(true).start();
            String text = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(running.waitFor(), text);
        }
    }

    private static ProcessBuilder java(String classPath, String... words) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "-Xmx1g", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + folder,
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("javacpp"), "-cp", classPath));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        bundle = folder.resolve("bundle");
        String jars;
        try (Stream<Path> own = Files.list(TARGET)) {
            jars = own.filter(file -> file.toString().endsWith(".jar")).map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        String dependencies = Stream.of(Files.readString(TARGET.resolve("classpath")).strip().split(":"))
                .map(jar -> TARGET.resolve(jar).toString()).collect(Collectors.joining(File.pathSeparator));
        Said said = Said.of(java(jars + File.pathSeparator + dependencies, "io.github.nanohooke.cli.Main", "gpu-bundle",
                "--no-runtime", "--out", bundle.toString(), "--data", "../../test-data/dataset/mixed.nhs", "--samples",
                "100"));
        assertThat(said.text()).contains("training files of", "of 2");
        assertThat(said.code()).isZero();
    }

    private static Said run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", bundle.resolve("run.sh").toString()));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return Said.of(process);
    }

    private static JsonNode program(String name, int code, String... words) throws IOException, InterruptedException {
        Path out = folder.resolve(name + ".json");
        List<String> all = new ArrayList<>(List.of("io.github.nanohooke.gpu." + name, "--out", out.toString()));
        all.addAll(List.of(words));
        String jars;
        try (Stream<Path> files = Files.list(bundle.resolve("lib"))) {
            jars = files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        Said said = Said.of(java(HOST + File.pathSeparator + jars, all.toArray(String[]::new))
                .directory(bundle.resolve("lib").toFile()));
        assertThat(said.code()).as(said.text()).isEqualTo(code);
        return JSON.readTree(Files.readString(out));
    }

    @Test
    void itHoldsNoModelAndIsSmall() throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        assertThat(sum).as("bytes without runtime").isLessThan(19_000_000);
        assertThat(bundle.resolve("run.sh")).isExecutable();
        assertThat(bundle.resolve("torch_networks.py")).exists();
        assertThat(bundle.resolve("data/1/slim-000.nhs")).exists();
    }

    @Test
    void withoutAGpuItSaysSo() throws IOException, InterruptedException {
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU");
        Path out = folder.resolve("report");
        Said said = run("--part", "compare", "--out", out.toString());
        assertThat(said.text()).contains("unavailable").contains("no GPU can be used here");
        assertThat(said.code()).as(said.text()).isEqualTo(3);
        JsonNode report = JSON.readTree(Files.readString(out.resolve("compare.json")));
        assertThat(report.get("passed").asBoolean()).isFalse();
        assertThat(report.get("machine").get("processor").asText()).isNotBlank();
        assertThat(report.get("steps")).hasSize(2);
        assertThat(Files.readString(out.resolve("compare.md"))).contains("| GPU | unavailable |");
    }

    @Test
    void aWrongCallIsRefused() throws IOException, InterruptedException {
        assertThat(run("--part", "everything").code()).isEqualTo(2);
        assertThat(run("--part", "check", "--seconds", "x").code()).isEqualTo(2);
        assertThat(run("--part", "check", "--seconds", "100,100").text()).contains("one for each training of --shows");
        assertThat(run("--part", "train", "--shows", "relaxed,x").text()).contains("takes relaxed and designed, got x");
        Said unknown = run("--part", "train", "--from", "designed", "--shows", "relaxed");
        assertThat(unknown.text()).contains("there is no model designed", "no training of that name before number 1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(run("--part", "curve").text()).contains("needs --sizes");
        assertThat(run("--part", "train", "--sizes", "100").text()).contains("--sizes is not for the part train");
        assertThat(run("--part", "ingredients", "--images", "1e6").text()).contains("a number of image-steps, got 1e6");
        assertThat(run("--part", "train", "--loss", "cubic").text()).contains("squared or relative, got cubic");
        assertThat(run("--part", "check", "--", "--kind", "mixed").text()).contains("for the part samples");
    }

    @Test
    void theSuiteRuns() throws IOException, InterruptedException {
        JsonNode found = program("Suite", 0, "--engine", "fft", "--seconds", "300");
        assertThat(found.get("passed").asBoolean()).isTrue();
        assertThat(found.get("headline").asText()).matches("[34]\\d\\d cases passed, 0 failed, engine fft");
        assertThat(found.get("tables").get(0).get("rows")).hasSizeGreaterThan(10);
    }

    @Test
    void anEngineThatIsMissingIsNoFault() throws IOException, InterruptedException {
        JsonNode found = program("Probe", 3, "--engine", "none");
        assertThat(found.get("headline").asText()).contains("no engine none here");
        assertThat(found.get("complete").asBoolean()).isFalse();
    }

    @Test
    void whatWasFoundInTimeIsKept() throws IOException, InterruptedException {
        JsonNode found = program("Ladder", Findings.OUT_OF_TIME, "--network", "small-periodic",
                "--backend", "cpu", "--seconds", "1");
        assertThat(found.get("complete").asBoolean()).isFalse();
        assertThat(found.get("out of time").asBoolean()).isTrue();
    }

    @Test
    void aTrainingLeavesItsModelInPieces() throws IOException, InterruptedException {
        Path to = Files.createDirectories(folder.resolve("trained"));
        JsonNode found = program("Train", 0, "--backend", "cpu", "--network", "small-periodic", "--data",
                bundle.resolve("data").toString(), "--to", to.toString(), "--most-epochs", "3",
                "--name", "relaxed", "--batch", "8", "--seconds", "200");
        assertThat(found.get("values").get("epochs done").asInt()).isEqualTo(3);
        assertThat(found.get("values").get("ending").asText()).isEqualTo("COMPLETED");
        assertThat(found.get("headline").asText()).contains("RMSE validation");
        assertThat(to.resolve("relaxed.safetensors.0")).exists();
        assertThat(Files.readAllLines(to.resolve("relaxed.csv"))).hasSize(4);
        assertThat(Files.readString(to.resolve("relaxed-losses.csv"))).startsWith("step,epoch,");
        anotherGoesOnFromItsWeights(to);
        itHasANetworkAndAHeadOfItsOwn(to);
    }

    /** Its losses cannot be written, which it finds out after the first epoch and its checkpoint. */
    @Test
    void aTrainingThatFailsLeavesWhatItHadLearnt() throws IOException, InterruptedException {
        Path to = folder.resolve("failed");
        Files.createDirectories(to.resolve("relaxed-losses.csv/full"));
        JsonNode found = program("Train", 1, "--backend", "cpu", "--network", "small-periodic", "--data",
                bundle.resolve("data").toString(), "--to", to.toString(), "--most-epochs", "3", "--name", "relaxed",
                "--batch", "8", "--checkpoints", "0", "--seconds", "200");
        assertThat(found.get("failures").get(0).asText()).contains("the best network of the 1 epochs before its last");
        ModelFile left = ModelPieces.named(to.resolve("relaxed.safetensors").toString()).orElseThrow();
        assertThat(left.provenance()).containsEntry("epoch", "1").containsKey("command");
    }

    private static void itHasANetworkAndAHeadOfItsOwn(Path to) throws IOException, InterruptedException {
        JsonNode found = program("Train", 1, "--backend", "cpu", "--data", bundle.resolve("data").toString(), "--from",
                to.resolve("relaxed.safetensors").toString(), "--head", "direct", "--seconds", "200");
        assertThat(found.get("failures").get(0).asText()).contains("has that model's network and head");
    }

    /** At a rate that moves no number: its network is the one that it began with. */
    private static void anotherGoesOnFromItsWeights(Path to) throws IOException, InterruptedException {
        JsonNode found = program("Train", 0, "--backend", "cpu", "--data", bundle.resolve("data").toString(), "--to",
                to.toString(), "--name", "designed", "--shows", "designed", "--from",
                to.resolve("relaxed.safetensors").toString(), "--rate", "1e-30", "--most-epochs", "1", "--batch", "8",
                "--seconds", "200");
        assertThat(found.get("values").get("images show").asText()).isEqualTo("designed");
        ModelFile relaxed = ModelPieces.named(to.resolve("relaxed.safetensors").toString()).orElseThrow();
        ModelFile designed = ModelPieces.named(to.resolve("designed.safetensors").toString()).orElseThrow();
        assertThat(designed.parameters()).isEqualTo(relaxed.parameters());
        assertThat(designed.head()).isEqualTo(relaxed.head());
        assertThat(Shows.of(designed.provenance())).isEqualTo(Shows.DESIGNED);
        assertThat(Shows.of(relaxed.provenance())).isEqualTo(Shows.RELAXED);
        assertThat(designed.provenance().get("begun from")).contains("weights with CRC-32C");
    }
}
