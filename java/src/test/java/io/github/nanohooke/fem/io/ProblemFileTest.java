// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.TestMeshes;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.io.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemFileTest {
    private static final String BEAM = TestMeshes.PROBLEM;

    @TempDir
    private Path folder;

    @Test
    void problemsAreReadAndSolved() {
        ProblemFile file = ProblemFile.parse(BEAM, "beam.json", folder);
        Problem problem = file.problem();
        assertThat(file.options().tolerance()).isEqualTo(1e-8);
        assertThat(problem.mesh().nodeSet("lower")).hasSize(17);
        assertThat(problem.steps().get(1).name()).isEqualTo("step 2");
        List<Increment> states = new FemSolver(file.options(),
                NativeSparseSolver::new).solve(problem);
        assertThat(states).hasSize(3);
        Increment last = states.get(2);
        assertThat(last.displacement(problem.mesh(), "tip", 1)).isCloseTo(-2, within(1e-12));
        // What holds the part and what loads it is in balance.
        for (int axis = 0; axis < 2; axis++) {
            double sum = 0;
            for (int node = 0; node < problem.mesh().nodes(); node++) {
                sum += last.forces()[2 * node + axis];
            }
            assertThat(sum).isCloseTo(0, within(1e-7));
        }
        double supports = last.force(problem.mesh(), "left", 1) + last.force(problem.mesh(), "tip", 1);
        // The left set counts the lower corner's share of the traction, a sixth of an edge of 5 nm, as its own force.
        assertThat(supports).isCloseTo(0.01 * (40 - 5 / 6.0), within(1e-6));
        String csv = PathCsv.of(problem, states);
        assertThat(csv.lines()).hasSize(4);
        assertThat(csv).startsWith("step,name,fraction,iterations,negative_pivots,energy,left_ux_nm");
    }

    /** What a step does not name stays, axis by axis, whichever entry named it. */
    @Test
    void loadsStayAxisByAxis() {
        String held = "{\"displacements\": [{\"nodes\": \"left\", \"x\": 0, \"y\": 0}], ";
        String text = BEAM.substring(0, BEAM.indexOf("\"steps\"")) + "\"steps\": [" + held
                + "\"tractions\": [{\"nodes\": \"right\", \"x\": 0.01}, {\"nodes\": \"right\", \"y\": 0.002}]},"
                + "{\"tractions\": [{\"nodes\": \"right\", \"y\": 0.001}],"
                + " \"forces\": [{\"nodes\": \"tip\", \"x\": 0.03}]},"
                + "{\"forces\": [{\"nodes\": \"tip\", \"y\": 0.004}]}]}";
        Problem problem = ProblemFile.parse(text, "beam.json", folder).problem();
        List<Increment> states = new FemSolver().solve(problem);
        double[][] reactions = {{-0.1, -0.02}, {-0.13, -0.01}, {-0.13, -0.014}};
        for (int k = 0; k < reactions.length; k++) {
            for (int axis = 0; axis < 2; axis++) {
                assertThat(states.get(k).force(problem.mesh(), "left", axis))
                        .isCloseTo(reactions[k][axis], within(1e-7));
            }
        }
    }

    @Test
    void everyDocumentedFieldIsKnownAndTheExampleIsWhole() {
        String text = ProblemFile.fields();
        for (String field : List.of("section", "mesh", "element ", "size", "elements", "grading", "file", "scale",
                "points", "nodeSets", "NAME.box", "NAME.nearest", "elementSets", "materials", "law", "tensor", "cubic",
                "isotropic", "structure", "image", "field", "source", "cache", "orientation", "ties", "steps", "name",
                "increments",
                "displacements", "forces", "tractions", "solver", "tolerance", "iterations", "smallestCut")) {
            assertThat(text.lines().map(String::strip)).anyMatch(line -> line.startsWith(field.strip() + " "));
        }
        String example = text.substring(text.indexOf("Example:") + 8);
        assertThatThrownBy(() -> ProblemFile.parse(example, "example", folder)).isInstanceOf(FemException.class)
                .hasMessageContaining("materials[0].structure").hasMessageContaining("pores.json");
        ProblemFile parsed = ProblemFile.parse(example.replace("\"structure\": \"pores.json\", \"source\": \"network\"",
                "\"isotropic\": {\"young\": 70, \"poisson\": 0.3}"), "example", folder);
        assertThat(parsed.problem().steps().get(0).increments()).isEqualTo(20);
    }

    @Test
    void mistakesAreNamedWithWhatWasMeant() {
        requireFault("\"increments\"", "\"increment\"", "steps[0].increment: unknown field; did you mean "
                + "\"increments\"?");
        requireFault("\"plane-stress\"", "\"plane-stres\"", "section", "did you mean \"plane-stress\"");
        requireFault("\"hencky\"", "\"henky\"", "materials[0].law", "did you mean \"hencky\"");
        requireFault("{\"nodes\": \"left\"", "{\"nodes\": \"lef\"", "steps[0].displacements[0].nodes",
                "did you mean \"left\"");
        requireFault("\"Q8\"", "\"H20\"", "mesh.size", "3 numbers");
        requireFault("\"C12\": 62", "\"C12\": 162", "materials[0]", "not positive definite");
        requireFault("\"poisson\": 0.3", "\"poisson\": 0.5", "materials[1].isotropic", "between -1 and 0.5");
        requireFault("\"x\": 0, \"y\": 0", "\"z\": 0", "steps[0].displacements[0].z: unknown field");
        requireFault("{\"nodes\": \"tip\", \"y\": -2}", "{\"nodes\": \"tip\"}", "names no axis");
        requireFault("{\"nodes\": \"tip\", \"y\": -2}", "{\"nodes\": \"left\", \"y\": -2}", "step \"bend\"",
                "displacement of \"left\" along y is there twice");
        requireFault("\"x\": 1}]", "\"x\": 1}, {\"nodes\": \"tip\", \"x\": 2}]",
                "step \"step 2\"", "force of \"tip\" along x is there twice");
        requireFault("\"y\": -0.01}", "\"y\": -0.01}, {\"nodes\": \"lower\", \"x\": 0, \"y\": 1}",
                "traction of \"lower\" along y is there twice");
        requireFault("{\"nearest\": [40, 5]}", "{\"nearest\": [40, 5], \"box\": [[0, 1], [0, 1]]}", "nodeSets.tip",
                "both box and nearest");
        requireFault("\"elements\": \"rest\", ", "", "two materials");
        requireFault("[[20, 40], [0, 10]]", "[[50, 60], [0, 10]]", "elementSets.rest", "empty");
        requireFault("\"rest\": {", "\"half \": {", "no element set \"rest\"");
        requireFault("\"lower\": {", "\"left\": {", "nodeSets.left", "has a set of that name already");
        requireFault("[[0, 40], [0, 0]]", "[[40, 0], [0, 0]]", "nodeSets.lower.box", "smaller coordinate comes first");
        requireFault("\"points\": 2", "\"points\": 1", "points must be 2 to 3");
        requireFault("\"points\": 2", "\"points\": 2, \"points\": 2", "not valid JSON");
        requireFault("\"tolerance\": 1e-8", "\"tolerance\": 0", "solver", "tolerance");
        requireFault("\"mesh\":", "\"mesch\":", "mesch: unknown field; did you mean \"mesh\"");
        assertThatThrownBy(() -> ProblemFile.parse("[]", "p", folder)).hasMessageContaining("must be an object");
        assertThatThrownBy(() -> ProblemFile.read(folder.resolve("none.json"))).hasMessageContaining("does not exist");
    }

    /** Case does not count in .inp files; a set of the problem's own with that very name goes first. */
    @Test
    void setsOfInputFilesAreKnownInAnyCase() throws IOException {
        Files.writeString(folder.resolve("part.inp"), TestMeshes.INP);
        String text = """
                {"section": "solid", "mesh": {"file": "part.inp"}, "nodeSets": {"Both": {"box": [[2, 2], [0, 1], [0,
                3]]}},
                 "materials": [{"law": "linear", "elements": "Body", "isotropic": {"young": 1, "poisson": 0.3}}],
                 "steps": [{"displacements": [{"nodes": "Fix", "x": 0, "y": 0, "z": 0}, {"nodes": "Both", "x": 0.1}]}]}
                """;
        Problem problem = ProblemFile.parse(text, "part.json", folder).problem();
        assertThat(problem.regions().get(0).elementSet()).isEqualTo("BODY");
        assertThat(problem.steps().get(0).displacements()).extracting(Displacement::nodeSet)
                .containsExactly("FIX", "FIX", "FIX", "Both");
        assertThat(problem.mesh().nodeSet("Both")).containsExactly(1, 2, 5, 6);
        assertThatThrownBy(() -> ProblemFile.parse(text.replace("Body", "Bodi"), "part.json", folder))
                .isInstanceOf(FemException.class).hasMessageContaining("BODY");
    }

    @Test
    void statesAreSavedWhole() throws IOException {
        Problem problem = ProblemFile.parse(BEAM, "beam.json", folder).problem();
        List<Increment> states = new FemSolver().solve(problem);
        Path file = folder.resolve("state.json");
        StateFile.write(file, problem, states.get(1));
        Increment read = StateFile.read(file, problem);
        assertThat(read.displacements()).containsExactly(states.get(1).displacements());
        assertThat(read.step()).isZero();
        assertThat(read.fraction()).isEqualTo(1);
        Problem other = ProblemFile.parse(BEAM.replace("[8, 2]", "[4, 2]"), "beam.json", folder).problem();
        assertThatThrownBy(() -> StateFile.read(file, other)).hasMessageContaining("of another mesh");
        Problem longer = ProblemFile.parse(BEAM.replace("[40, 10]", "[40, 11]"), "beam.json", folder).problem();
        assertThat(longer.mesh().nodes()).isEqualTo(problem.mesh().nodes());
        assertThatThrownBy(() -> StateFile.read(file, longer)).hasMessageContaining("as many nodes");
        Files.writeString(file, Files.readString(file).replaceFirst("\"mesh\":\"[0-9a-f]+\",", ""));
        assertThat(StateFile.read(file, problem).displacements()).containsExactly(states.get(1).displacements());
        Files.writeString(file, "{\"schema\": 3}");
        assertThatThrownBy(() -> StateFile.read(file, problem)).isInstanceOf(FemException.class);
        Files.writeString(file, "null");
        assertThatThrownBy(() -> StateFile.read(file, problem)).isInstanceOf(FemException.class);
        assertThatThrownBy(() -> StateFile.read(folder.resolve("no"), problem)).hasMessageContaining("does not exist");
    }

    @Test
    void nearestNames() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.hint("xyz", List.of("mesh"))).doesNotContain("did you mean");
    }

    private void requireFault(String right, String wrong, String... words) {
        assertThat(BEAM).contains(right);
        assertThatThrownBy(() -> ProblemFile.parse(BEAM.replace(right, wrong), "beam.json", folder))
                .isInstanceOf(FemException.class).hasMessageStartingWith("beam.json: ").hasMessageContainingAll(words);
    }
}
