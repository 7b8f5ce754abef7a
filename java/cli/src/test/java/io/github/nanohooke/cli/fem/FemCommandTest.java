// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.CommandRuns;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.fem.io.ProblemFile;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increments;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.file.StructureFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command fem: results on paper, on disk and as JSON, errors and exit codes. */
class FemCommandTest {
    /** Uniaxial strain of a block that is isotropic: stress = (lambda + 2 mu) strain for the linear law. */
    private static final double MODULUS = 100.0 * 0.7 / (1.3 * 0.4);

    @TempDir
    private Path folder;
    private CommandRuns runs;

    @BeforeEach
    void runs() {
        runs = new CommandRuns(folder);
    }

    private Path problem(String law, double end, int increments) throws IOException {
        return Files.writeString(folder.resolve("block.json"), String.format(Locale.ROOT, """
                {"section": "plane-strain", "mesh": {"element": "Q8", "size": [20, 10], "elements": [4, 2]},
                 "materials": [{"law": "%s", "isotropic": {"young": 100, "poisson": 0.3}}],
                 "steps": [{"name": "pull", "increments": %d, "displacements": [
                   {"nodes": "left", "x": 0}, {"nodes": "bottom", "y": 0}, {"nodes": "top", "y": 0},
                   {"nodes": "right", "x": %s}]}]}
                """, law, increments, end));
    }

    @Test
    void uniaxialStrainHasTheForceOfTheModulus() throws IOException {
        JsonNode result = runs.json("fem", problem("linear", 0.2, 2), "--json", "--quiet");
        assertThat(result.path("complete").asBoolean()).isTrue();
        assertThat(result.path("nodes").asInt()).isEqualTo(37);
        JsonNode states = result.path("states");
        assertThat(states).hasSize(3);
        JsonNode right = states.get(2).path("sets").path("right");
        assertThat(right.path("u").get(0).asDouble()).isCloseTo(0.2, within(1e-12));
        assertThat(right.path("F").get(0).asDouble()).isCloseTo(MODULUS * 0.01 * 10, within(1e-9));
        assertThat(states.get(1).path("sets").path("right").path("F").get(0).asDouble())
                .isCloseTo(MODULUS * 0.005 * 10, within(1e-9));
    }

    @Test
    void tableHasForcesAndUnits() throws IOException {
        assertThat(runs.run("fem", problem("linear", 0.2, 1), "--quiet")).isZero();
        assertThat(runs.out()).contains("37 nodes, 8 elements", "forces in N/m", "Fx right",
                String.format(Locale.ROOT, "%.5g", MODULUS * 0.1).substring(0, 5));
        assertThat(runs.err()).isEmpty();
    }

    @Test
    void filesAreWhole() throws IOException {
        Path out = folder.resolve("results");
        assertThat(runs.run("fem", problem("hencky", 2, 3), "--quiet", "--out", out)).isZero();
        assertThat(out.resolve("state.json")).exists();
        JsonNode result = new ObjectMapper().readTree(out.resolve("result.json").toFile());
        List<String> lines = Files.readAllLines(out.resolve("path.csv"));
        // A head and four states; the last force is that of the JSON.
        assertThat(lines).hasSize(5);
        double force = result.path("states").get(3).path("sets").path("right").path("F").get(0).asDouble();
        assertThat(Stream.of(lines.get(4).split(","))
                .anyMatch(word -> word.matches("[-0-9.eE+]+") && Math.abs(Double.parseDouble(word) - force) < 1e-6))
                .isTrue();
        assertThat(Files.readString(out.resolve("path.pvd"))).contains("state-000.vtu", "state-003.vtu");
        for (String picture : List.of("path.png", "strain-xx.png", "stress-xx.png", "stress-von-mises.png")) {
            byte[] head = Files.readAllBytes(out.resolve(picture));
            assertThat(new String(head, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
        }
        assertThat(Files.readString(out.resolve("path.svg"))).contains("<svg");
        try (Stream<Path> all = Files.list(out)) {
            assertThat(all.map(p -> p.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void restartGoesOnFromASavedState() throws IOException {
        Path half = folder.resolve("half");
        assertThat(runs.run("fem", problem("hencky", 1, 1), "--quiet", "--out", half)).isZero();
        JsonNode whole = runs.json("fem", problem("hencky", 1, 4), "--json", "--quiet");
        JsonNode again = runs.json("fem", problem("hencky", 1, 1), "--json", "--quiet", "--restart",
                half.resolve("state.json"));
        double wanted = whole.path("states").get(4).path("sets").path("right").path("F").get(0).asDouble();
        JsonNode states = again.path("states");
        assertThat(states.get(states.size() - 1).path("sets").path("right").path("F").get(0).asDouble())
                .isCloseTo(wanted, within(1e-8 * wanted));
        // What it goes on from is not written over.
        assertThat(runs.run("fem", problem("hencky", 1, 1), "--quiet", "--restart", half.resolve("state.json"), "--out",
                half)).isEqualTo(2);
        assertThat(runs.err()).contains("give another folder");
    }

    /** Nine cells of aluminium with a pore of one. */
    private void writeCell() throws IOException {
        Files.writeString(folder.resolve("cell.json"), StructureFile.toJson(new PorousStructure(Lattice.aluminium(),
                new Cells(3, 3, 1), List.of(new Rectangle(3.0375, 7.0875, 3.0375, 7.0875)))));
    }

    @Test
    void pointsBeyondStabilityAreToldStateByState() throws IOException {
        writeCell();
        Path file = Files.writeString(folder.resolve("torn.json"), """
                {"section": "plane-strain", "mesh": {"element": "Q4", "size": [4, 4], "elements": [1, 1]},
                 "materials": [{"law": "atoms", "structure": "cell.json", "period": "given"}],
                 "steps": [{"increments": 2, "displacements": [{"nodes": "left", "x": 0, "y": 0},
                   {"nodes": "right", "x": 0.02, "y": 0}]},
                   {"displacements": [{"nodes": "right", "x": 1.4, "y": 0}]}]}
                """);
        Path out = folder.resolve("torn");
        JsonNode result = runs.json("fem", file, "--json", "--quiet", "--out", out);
        assertThat(result.path("continuedPoints").toString()).isEqualTo("[0,0,0,4]");
        assertThat(result.has("tables") || result.has("outsidePoints")).isFalse();
        assertThat(Files.readString(out.resolve("state-003.vtu"))).contains("continued_points");
        assertThat(out.resolve("strain-xx.png")).isNotEmptyFile();
    }

    @Test
    void aTableSaysWhatItIsWorthAndHowManyPointsItHadNothingFor() throws IOException {
        writeCell();
        Path file = Files.writeString(folder.resolve("table.json"), """
                {"section": "plane-strain", "mesh": {"element": "Q4", "size": [4, 4], "elements": [1, 1]},
                 "materials": [{"law": "atoms-table", "structure": "cell.json", "period": "given", "range": 0.02,
                   "finest": 0.0066, "tolerance": 0.05, "outside": "statics"}],
                 "steps": [{"displacements": [{"nodes": "left", "x": 0, "y": 0},
                     {"nodes": "right", "x": 0.04, "y": 0}]},
                   {"displacements": [{"nodes": "right", "x": 0.12, "y": 0}]}]}
                """);
        for (String more : new String[] {"--quiet", "--out=" + folder.resolve("results")}) {
            JsonNode result = runs.json("fem", file, "--json", more, "--threads", 2);
            assertThat(result.path("continuedPoints").toString()).isEqualTo("[0,0,0]");
            assertThat(result.path("outsidePoints").toString()).isEqualTo("[0,0,4]");
            JsonNode tables = result.path("tables");
            assertThat(tables).hasSize(1);
            assertThat(tables.get(0).path("elements").isNull()).isTrue();
            JsonNode table = tables.get(0).path("table");
            assertThat(table.path("nodes").asInt()).isGreaterThanOrEqualTo(343);
            assertThat(table.path("unstable").asInt()).isZero();
            assertThat(table.path("checks").asInt()).isEqualTo(200);
            assertThat(table.path("stressError").asDouble()).isBetween(1e-9, 0.05);
        }
    }

    @Test
    void deadEndKeepsWhatWasFoundAndHasItsExitCode() throws IOException {
        // Through itself: no element is left that has a volume.
        assertThat(runs.run("fem", problem("saint-venant-kirchhoff", -25, 5), "--json", "--quiet")).isEqualTo(4);
        JsonNode result = new ObjectMapper().readTree(runs.out());
        assertThat(result.path("complete").asBoolean()).isFalse();
        assertThat(result.path("failure").asText()).isNotEmpty();
        assertThat(runs.err()).contains("nanohooke: ");
        assertThat(result.path("states").size()).isGreaterThan(1);
    }

    /** Also where it is none of those that were asked for: a run goes on from there. */
    @Test
    void theStateThatADeadEndReachedIsKept() throws IOException {
        Path out = folder.resolve("crushed");
        Path file = problem("saint-venant-kirchhoff", -25, 1);
        assertThat(runs.run("fem", file, "--json", "--quiet", "--out", out)).isEqualTo(4);
        JsonNode states = new ObjectMapper().readTree(runs.out()).path("states");
        assertThat(states).hasSize(2);
        double reached = states.get(1).path("fraction").asDouble();
        assertThat(reached).isBetween(0.1, 0.9);
        assertThat(runs.err()).contains(String.format(Locale.ROOT, "dead end at %.2f %%", 100 * reached));
        assertThat(Files.readAllLines(out.resolve("path.csv"))).hasSize(3);
        assertThat(Files.readString(out.resolve("path.pvd"))).contains("state-001.vtu");
        JsonNode state = new ObjectMapper().readTree(out.resolve("state.json").toFile());
        assertThat(state.path("fraction").asDouble()).isEqualTo(reached);
        // Back from there: the way that is left is to the end of another step.
        Files.writeString(file, Files.readString(file).replace("\"x\": -25", "\"x\": -1"));
        JsonNode back = runs.json("fem", file, "--json", "--quiet", "--restart", out.resolve("state.json"));
        JsonNode whole = runs.json("fem", file, "--json", "--quiet");
        double wanted = force(whole);
        assertThat(force(back)).isCloseTo(wanted, within(1e-8 * Math.abs(wanted)));
    }

    private static double force(JsonNode result) {
        JsonNode states = result.path("states");
        return states.get(states.size() - 1).path("sets").path("right").path("F").get(0).asDouble();
    }

    @Test
    void whatIsFoundIsWrittenBeforeTheEnd() throws IOException {
        Path file = problem("hencky", 1, 4);
        Problem problem = ProblemFile.read(file).problem();
        FoundStates found = new FoundStates(problem, Increments.undeformed(problem), true);
        FemOutput output = new FemOutput(OutputFolder.open(folder.resolve("killed")), problem, 0);
        FemSolver solver = new FemSolver();
        assertThatThrownBy(() -> solver.solve(problem, Increments.undeformed(problem), state -> {
            found.add(state);
            output.follow(found);
            return state.fraction() < 0.5;
        })).isInstanceOf(CancellationException.class);
        Path killed = folder.resolve("killed");
        assertThat(Files.readAllLines(killed.resolve("path.csv"))).hasSize(4);
        assertThat(killed.resolve("state-002.vtu")).exists();
        JsonNode rest = runs.json("fem", file, "--json", "--quiet", "--restart", killed.resolve("state.json"));
        assertThat(rest.path("states")).hasSize(3);
        JsonNode whole = runs.json("fem", file, "--json", "--quiet");
        assertThat(force(rest)).isCloseTo(force(whole), within(1e-8 * force(whole)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"steps\"|\"stepz\"|steps",
        "\"hencky\"|\"henky\"|hencky",
        "\"right\"|\"rigth\"|right",
        "\"young\": 100|\"young\": -1|young",
        "[4, 2]|[0, 2]|0"
    })
    void faultsAreNamed(String from, String to, String named) throws IOException {
        Path file = problem("hencky", 0.2, 1);
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        assertThat(runs.run("fem", file, "--quiet")).as(runs.err()).isEqualTo(2);
        assertThat(runs.err()).contains(named);
        assertThat(runs.out()).isEmpty();
    }

    @Test
    void integrationPointsAreListed() throws IOException {
        assertThat(runs.run("fem", problem("hencky", 1, 1), "--points")).isZero();
        assertThat(runs.out()).startsWith("element,point,x_nm,y_nm\n0,0,");
        assertThat(runs.out().lines()).hasSize(1 + 8 * 9);
        assertThat(runs.run("fem", problem("hencky", 1, 1), "--points", "--json")).isEqualTo(2);
        assertThat(runs.err()).contains("--json is for a run");
    }

    @Test
    void missingFilesAndWordsAreUsage() {
        assertThat(runs.run("fem")).isEqualTo(2);
        assertThat(runs.err()).contains("PROBLEM");
        assertThat(runs.run("fem", folder.resolve("none.json"))).isEqualTo(2);
        assertThat(runs.err()).contains("none.json");
        assertThat(runs.run("fem", "--fields")).isZero();
        assertThat(runs.out()).contains("plane-strain", "\"saint-venant-kirchhoff\"", "N/m");
    }
}
