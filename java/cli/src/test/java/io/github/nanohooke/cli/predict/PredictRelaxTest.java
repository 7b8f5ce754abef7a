// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.structure.StructureInput;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code nanohooke predict --relax} where relaxations fail, end badly or are stopped. */
class PredictRelaxTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void writeModelAndStructures() throws IOException {
        PredictCommandTest.model(90).write(folder.resolve("model.safetensors"), ModelFile.Precision.SINGLE);
        for (int i = 1; i <= 3; i++) {
            // Told apart by their number of atoms: a pore of radius 3 i.
            files.add(Files.writeString(folder.resolve("pore" + i + ".json"),
                    "{\"cells\":[8,8,1],\"pores\":[{\"shape\":"
                    + "\"circle\",\"center\":[16.2,16.2],\"radius\":" + 3 * i + "}]}"));
        }
    }

    @AfterEach
    void forgetTheScript() {
        ScriptedCalculatorProvider.script(null);
    }

    private int predict(Path... some) {
        String model = folder.resolve("model.safetensors").toString();
        List<String> words = new ArrayList<>(List.of("predict", "--model", model,
                "--relax", "--json", "--quiet"));
        Arrays.stream(some).map(Path::toString).forEach(words::add);
        return Main.run(words.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private static StaticsResult ended(Atoms atoms, Outcome outcome) {
        return new StaticsResult("scripted", outcome, "as the test says", ElasticTensor.cubic(110, 60, 30), 1e-9, 2e-6,
                3e-6, -3.36 * atoms.count(), 42, 0.5, 0.4, atoms.cell(), atoms);
    }

    private List<String> printed() {
        return out.toString().lines().toList();
    }

    /** Atoms of the second file, by which a script knows it. */
    private int second() {
        return StructureInput.read(files.get(1), null).atoms().count();
    }

    @Test
    void aRelaxationThatFailsCostsItsOwnFileOnly() {
        int second = second();
        ScriptedCalculatorProvider.script((atoms, progress) -> {
            if (atoms.count() == second) {
                throw new StaticsException("LAMMPS lost atoms");
            }
            return ended(atoms, Outcome.STABLE);
        });
        assertThat(predict(files.toArray(Path[]::new))).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(printed()).hasSize(2);
        assertThat(printed().get(1)).contains("\"structure\":\"pore3\"");
        assertThat(err.toString()).contains("pore2.json: LAMMPS lost atoms").doesNotContain("\tat ");
        assertThat(predict(files.get(1))).as("all of them").isEqualTo(ExitCodes.BAD_INPUT);
    }

    @Test
    void everyResultIsPrintedBeforeTheNextRelaxation() {
        List<Integer> before = new ArrayList<>();
        ScriptedCalculatorProvider.script((atoms, progress) -> {
            before.add(printed().size());
            return ended(atoms, Outcome.STABLE);
        });
        assertThat(predict(files.toArray(Path[]::new))).isZero();
        assertThat(before).containsExactly(0, 1, 2);
    }

    @Test
    void aStopKeepsWhatIsFinished() {
        int second = second();
        List<Integer> begun = new ArrayList<>();
        ScriptedCalculatorProvider.script((atoms, progress) -> {
            begun.add(atoms.count());
            assertThat(progress.report("relax", 0.5, "")).as("nobody asked to stop").isTrue();
            if (atoms.count() == second) {
                throw new CancellationException("stopped");
            }
            return ended(atoms, Outcome.STABLE);
        });
        assertThat(predict(files.toArray(Path[]::new))).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(printed()).hasSize(1);
        assertThat(begun).hasSize(2);
        assertThat(err.toString()).contains("stopped; 1 of 3 files are done");
    }

    @ParameterizedTest
    @EnumSource
    void theOutcomeOfTheRelaxationIsTold(Outcome outcome) throws IOException {
        ScriptedCalculatorProvider.script((atoms, progress) -> ended(atoms, outcome));
        assertThat(predict(files.get(0))).isEqualTo(outcome.isSound() ? ExitCodes.OK
                : ExitCodes.UNSTABLE_OR_NOT_CONVERGED);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("outcome").asText()).isEqualTo(outcome.isSound() ? "PREDICTED" : outcome.name());
        assertThat(json.path("explanation").asText()).contains(outcome.isSound() ? "predicted by a network"
                : "the relaxation before the prediction: as the test says");
        assertThat(json.path("converged").asBoolean()).isEqualTo(outcome != Outcome.NOT_CONVERGED);
        assertThat(json.path("energy").asDouble()).isEqualTo(-3.36 * json.path("atoms").asInt());
        assertThat(json.path("residualStress").asDouble()).isEqualTo(2e-6);
        assertThat(json.path("maxForce").asDouble()).isEqualTo(3e-6);
        assertThat(json.path("evaluations").asInt()).isEqualTo(42);
        assertThat(json.path("potential").path("sha256").asText()).hasSize(64);
        assertThat(json.path("positiveDefinite").asBoolean()).as("of the predicted tensor").isTrue();
        assertThat(json.path("image").path("relaxation").path("outcome").asText()).isEqualTo(outcome.name());
        assertThat(json.path("image").path("relaxation").path("method").asText()).isEqualTo("scripted");
    }
}
