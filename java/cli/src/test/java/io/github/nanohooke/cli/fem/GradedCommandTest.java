// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.CommandRuns;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command graded, option by option; its numbers are GradedCantileverTest's. */
class GradedCommandTest {
    /** One element, nine structures that are quickly relaxed. */
    private static final List<Object> SMALL = List.of("graded", "--elements", "1,1", "--porosity", "30,45", "--json",
            "--quiet");

    @TempDir
    private Path folder;

    private JsonNode row(Object... words) throws IOException {
        return json(words).path("results").get(0);
    }

    private JsonNode json(Object... words) throws IOException {
        List<Object> all = new ArrayList<>(SMALL);
        all.addAll(List.of(words));
        return new CommandRuns(folder).json(all.toArray());
    }

    @Test
    void gradedPartByTheNetworkWithItsCache() throws IOException {
        Path cache = folder.resolve("tensors.csv");
        Object[] words = {"graded", "--elements", "2,1", "--porosity", "5,25", "--displacement", "4", "--cache", cache,
            "--json", "--quiet", "--out", folder.resolve("part")};
        JsonNode first = new CommandRuns(folder).json(words);
        assertThat(first.path("structures").asInt()).isEqualTo(18);
        JsonNode row = first.path("results").get(0);
        assertThat(row.path("source").asText()).isEqualTo("designed-network");
        assertThat(row.path("force").asDouble()).isPositive();
        // Errors that are all alike in the worst direction bend the part more than independent ones.
        assertThat(row.path("forceErrorIndependent").asDouble()).isPositive()
                .isLessThan(row.path("forceErrorCommon").asDouble());
        // The errors are those of all nine families, some of which the network knows far less than these structures.
        assertThat(row.path("forceErrorCommon").asDouble()).isLessThan(0.25 * row.path("force").asDouble());
        assertThat(folder.resolve("part").resolve("strain-designed-network.png")).isNotEmptyFile();
        assertThat(folder.resolve("part").resolve("pixels-designed-network.png")).isNotEmptyFile();
        // At the clamp, where the moment is largest: one of the first element's nine points.
        assertThat(row.path("mostLoaded").path("point").asInt()).isBetween(0, 8);
        assertThat(row.path("mostLoaded").path("shareOfForce").asDouble()).isBetween(1.0 / 18, 0.5);
        assertThat(folder.resolve("part").resolve("graded.json")).isNotEmptyFile();
        List<String> kept = Files.readAllLines(cache);
        assertThat(kept.size()).isGreaterThanOrEqualTo(18);
        JsonNode second = new CommandRuns(folder).json(words);
        assertThat(second.path("results").get(0).path("force").asDouble()).isEqualTo(row.path("force").asDouble());
        assertThat(Files.readAllLines(cache)).isEqualTo(kept);
    }

    @Test
    void gradedRefusesWhatNobodyTestedOrKnows() {
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--source", "oracle")).isEqualTo(2);
        assertThat(runs.err()).contains("oracle", "designed-network");
        assertThat(runs.run("graded", "--porosity", "5")).isEqualTo(2);
        assertThat(runs.run("graded", "--porosity", "5,99", "--quiet")).isEqualTo(2);
        assertThat(runs.run("graded", "--elements", "0,1", "--quiet")).isEqualTo(2);
        assertThat(runs.run("graded", "--source", "statics", "--statics-at", "5")).isEqualTo(2);
        assertThat(runs.err()).contains("--statics-at judges sources by statics");
    }

    /** The network's row is told though statics, minutes of it, was stopped; its tensors are in the file. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aSourceThatIsStoppedLeavesThoseBeforeIt() throws IOException, InterruptedException {
        Path cache = folder.resolve("tensors.csv");
        Path said = folder.resolve("said.json");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "graded", "--elements", "30,5", "--source",
                "designed-network,statics", "--cache", cache.toString(), "--json", "--quiet")
                .redirectOutput(said.toFile()).redirectError(err.toFile()).start();
        // The network's tensors are written in one piece at its end; then statics takes a quarter of an hour.
        while (process.isAlive() && !(Files.exists(cache) && Files.readAllLines(cache).size() >= 30 * 5 * 9)) {
            Thread.sleep(20);
        }
        Thread.sleep(2000);
        process.destroy();
        assertThat(process.waitFor()).as(Files.readString(err)).isEqualTo(5);
        JsonNode told = new ObjectMapper().readTree(said.toFile());
        assertThat(told.path("complete").asBoolean()).isFalse();
        assertThat(told.path("results")).hasSize(1);
        assertThat(told.path("results").get(0).path("force").asDouble()).isPositive();
        assertThat(Files.readString(err)).contains("nanohooke: statics: stopped after", cache + " keeps the tensors");
    }

    @Test
    void bandByTheUncertaintyOfEachStructure() throws IOException {
        Path cache = folder.resolve("tensors.csv");
        JsonNode porosity = row("--cache", cache);
        JsonNode structure = row("--cache", cache, "--band", "structure");
        assertThat(porosity.path("errorsBy").asText()).isEqualTo("porosity");
        assertThat(structure.path("errorsBy").asText()).isEqualTo("structure");
        double force = porosity.path("force").asDouble();
        // The same tensors but for rounding of another batch; other errors.
        assertThat(structure.path("force").asDouble()).isCloseTo(force, within(1e-4 * force));
        for (String band : List.of("forceErrorIndependent", "forceErrorCommon")) {
            double other = porosity.path(band).asDouble();
            // By porosity they are those of all nine families, some of which the network knows far less than these.
            assertThat(structure.path(band).asDouble()).isBetween(0.1 * other, 0.5 * other);
        }
        // Deviations are kept, too: 21 numbers of the tensor and 21 of its errors after the key.
        List<String> kept = Files.readAllLines(cache);
        assertThat(kept).hasSize(9).allSatisfy(line -> assertThat(line.split(",")).hasSize(43));
        assertThat(row("--cache", cache, "--band", "structure")
                .path("forceErrorCommon").asDouble()).isEqualTo(structure.path("forceErrorCommon").asDouble());
    }

    @Test
    void anotherModelIsAskedAndKeptApart() throws IOException {
        Path cache = folder.resolve("tensors.csv");
        Path model = folder.resolve("library.safetensors");
        String designed = "/io/github/nanohooke/model/al/nanohooke-al-designed.safetensors";
        try (InputStream in = getClass().getResourceAsStream(designed)) {
            Files.copy(in, model);
        }
        double force = row("--cache", cache).path("force").asDouble();
        assertThat(row("--model", model).path("force").asDouble()).isEqualTo(force);
        // A model of a few weights at random: other tensors, and no errors of structures are known of it.
        Path random = Path.of("../../test-data/c-interface/direct.safetensors");
        JsonNode other = row("--model", random, "--cache", cache, "--band", "structure");
        assertThat(other.path("force").asDouble()).isPositive().isNotCloseTo(force, within(0.01 * force));
        assertThat(other.path("forceErrorIndependent").isNull()).isTrue();
        assertThat(Files.readAllLines(cache)).hasSize(18);
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--model", folder.resolve("none.safetensors"), "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("none.safetensors");
        Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "no weights");
        assertThat(runs.run("graded", "--model", damaged, "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("damaged.safetensors");
    }

    /** Statics at two points in all: the cache has them the second time. */
    @Test
    void staticsAtSomePointsJudgesTheSource() throws IOException {
        Path cache = folder.resolve("tensors.csv");
        Path out = folder.resolve("judged");
        JsonNode row = row("--statics-at", "2", "--cache", cache, "--out", out);
        JsonNode said = row.path("sampled");
        double force = row.path("force").asDouble();
        assertThat(said.path("points").asInt()).isEqualTo(2);
        assertThat(said.path("force").asDouble()).isCloseTo(force, within(0.1 * force));
        assertThat(said.path("standardError").asDouble()).isPositive().isLessThan(0.05 * force);
        assertThat(said.path("rmse").asDouble()).isBetween(0.05, 3.0);
        assertThat(said.path("bias")).hasSize(13);
        assertThat(Files.readAllLines(out.resolve("graded.csv")).get(1)).startsWith("designed-network,")
                .contains(",2," + said.path("force").asDouble() + ",");
        assertThat(Files.readAllLines(cache)).hasSize(11);
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--elements", "1,1", "--porosity", "30,45", "--quiet", "--statics-at", "2",
                "--cache", cache)).isZero();
        assertThat(runs.out()).contains("with statics at 2 points", "one standard error", "bias of C11");
        assertThat(Files.readAllLines(cache)).hasSize(11);
        for (String bad : List.of("1", "0", "-3", "some")) {
            assertThat(runs.run("graded", "--quiet", "--statics-at", bad)).as(bad).isEqualTo(2);
            assertThat(runs.err()).contains("--statics-at", bad);
        }
    }

    /** The cache tells one of nine structures to be unstable: an error that names it, or another source's tensor. */
    @Test
    void staticsDrawsNoPixelsAndNamesPointsWithoutATensor() throws IOException {
        Path cache = folder.resolve("tensors.csv");
        JsonNode exact = row("--source", "statics", "--cache", cache, "--threads", "2", "--out",
                folder.resolve("statics"));
        double all = exact.path("force").asDouble();
        // The pixels that bend the part most are a network's to tell.
        assertThat(exact.has("mostLoaded")).isFalse();
        assertThat(folder.resolve("statics").resolve("pixels-statics.png")).doesNotExist();
        assertThat(folder.resolve("statics").resolve("strain-statics.png")).isNotEmptyFile();
        List<String> lines = new ArrayList<>(Files.readAllLines(cache));
        assertThat(lines).hasSize(9);
        // The lines are in the order of the points.
        lines.set(4, lines.get(4).split(",")[0] + ",none,\"UNSTABLE, as this test has it\"");
        Files.write(cache, lines);
        CommandRuns runs = new CommandRuns(folder);
        Object[] words = {"graded", "--elements", "1,1", "--porosity", "30,45", "--quiet", "--cache", cache, "--source",
            "statics"};
        assertThat(runs.run(words)).isEqualTo(4);
        assertThat(runs.err()).contains("statics has no tensor for 1 of 9 points", "point 4 (", "% porous",
                "as this test has it", "--fallback designed-network", cache.toString());
        Path out = folder.resolve("named");
        JsonNode whole = json("--source", "statics,hybrid", "--max-uncertainty", "0", "--cache", cache, "--fallback",
                "designed-network", "--out", out);
        JsonNode row = whole.path("results").get(0);
        assertThat(whole.path("fallback").asText()).isEqualTo("designed-network");
        assertThat(row.path("withoutTensor")).hasSize(1);
        JsonNode point = row.path("withoutTensor").get(0);
        assertThat(point.path("point").asInt()).isEqualTo(4);
        assertThat(point.path("x").asDouble()).isCloseTo(200, within(1e-9));
        assertThat(point.path("reason").asText()).isEqualTo("UNSTABLE, as this test has it");
        // One point of nine, by the network: about as stiff, and no longer exact.
        assertThat(row.path("force").asDouble()).isCloseTo(all, within(0.02 * all)).isNotEqualTo(all);
        assertThat(row.path("forceErrorCommon").asDouble()).isPositive();
        // Hybrid takes what statics has said before, here that it said nothing, and asks it no second time.
        JsonNode hybrid = whole.path("results").get(1);
        assertThat(hybrid.path("withoutTensor").get(0).path("point").asInt()).isEqualTo(4);
        assertThat(hybrid.path("force").asDouble()).isCloseTo(row.path("force").asDouble(), within(1e-9 * all));
        assertThat(Files.readAllLines(out.resolve("graded.csv")).get(1)).endsWith(",1,");
        assertThat(runs.run("graded", "--elements", "1,1", "--porosity", "30,45", "--quiet", "--cache", cache,
                "--statics-at", "9")).isEqualTo(4);
        assertThat(runs.err()).contains("point 4 (");
        assertThat(runs.run("graded", "--elements", "1,1", "--porosity", "30,45", "--quiet", "--cache", cache,
                "--statics-at", "9", "--fallback", "designed-network")).isZero();
        assertThat(runs.out()).contains("statics at drawn points: no tensor for 1 of 9 points", "point 4 (");
        assertThat(runs.run("graded", "--quiet", "--fallback", "oracle")).isEqualTo(2);
    }

    /** What the network itself cannot give, it cannot give in another's place. */
    @Test
    void aNetworkIsNoFallbackForItself() {
        Path model = folder.resolve("soft.safetensors");
        ModelFile random = ModelFile.read(Path.of("../../test-data/c-interface/direct.safetensors"));
        new ModelFile(random.definition(), new OutputHead.Direct(Collections.nCopies(ElasticConstants.COUNT, -90.0), 1),
                random.parameters(), random.provenance(), random.metrics()).write(model, ModelFile.Precision.SINGLE);
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--elements", "1,1", "--quiet", "--model", model)).isEqualTo(4);
        assertThat(runs.err()).contains("designed-network has no tensor for 9 of 9 points", "not positive definite")
                .doesNotContain("--fallback");
    }

    /** What would change nothing is no option. */
    @Test
    void optionsOfTheNetworkNeedOne() {
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--source", "statics", "--model", "mine.safetensors", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("--model is for sources with a network");
        assertThat(runs.run("graded", "--source", "statics", "--band", "structure", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("--band is for sources with a network");
    }

    /** At the two ends of its limit: the network alone, and statics alone, whose tensors are exact. */
    @Test
    void hybridAsksStaticsAboveItsLimit() throws IOException {
        double network = row().path("force").asDouble();
        JsonNode sure = row("--source", "hybrid", "--max-uncertainty", "1000", "--band", "structure");
        assertThat(sure.path("source").asText()).isEqualTo("hybrid");
        assertThat(sure.path("force").asDouble()).isCloseTo(network, within(1e-4 * network));
        assertThat(sure.path("forceErrorCommon").asDouble()).isPositive();
        JsonNode unsure = row("--source", "hybrid", "--max-uncertainty", "0", "--band", "structure");
        assertThat(unsure.path("force").asDouble()).isCloseTo(network, within(0.05 * network))
                .isNotCloseTo(network, within(1e-4 * network));
        assertThat(unsure.path("forceErrorCommon").asDouble()).isZero();
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("graded", "--source", "hybrid", "--max-uncertainty", "-1", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("zero or more GPa", "-1");
    }
}
