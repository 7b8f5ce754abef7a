// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.file.ExtendedXyz;
import io.github.nanohooke.structure.file.StructureFile;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions are in the axes of the atoms, whatever frame the network learnt in; of a picture, in the network's. */
class PredictFrameTest {
    private static final double ANGLE = Math.toRadians(30);
    private static final double[][] TURN = {{Math.cos(ANGLE), -Math.sin(ANGLE), 0},
        {Math.sin(ANGLE), Math.cos(ANGLE), 0}, {0, 0, 1}};

    @TempDir
    private Path folder;
    private Atoms atoms;

    @BeforeEach
    void writeModelAndAtoms() throws IOException {
        PredictCommandTest.model(90).write(folder.resolve("m"), ModelFile.Precision.SINGLE);
        atoms = StructureFile.read(Files.writeString(folder.resolve("pores.json"), "{\"cells\":[8,8,1],\"pores\":[{"
                + "\"shape\":\"polygon\",\"vertices\":[[6,6],[20,9],[11,22]]}]}")).atoms();
    }

    private JsonNode predicted(Path file) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(new String[] {"predict", file.toString(), "--model", folder.resolve("m").toString(),
            "--json"}, new PrintWriter(out, true), new PrintWriter(err, true))).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private static ElasticTensor tensor(JsonNode json) throws IOException {
        return ElasticTensor.of(new ObjectMapper().treeToValue(json.path("stiffness"), double[][].class));
    }

    @Test
    void atomsThatAreTurnedHaveATurnedTensor() throws IOException {
        Path straight = folder.resolve("straight.xyz");
        ExtendedXyz.write(straight, atoms);
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            double x = positions[i];
            positions[i] = TURN[0][0] * x + TURN[0][1] * positions[i + 1];
            positions[i + 1] = TURN[1][0] * x + TURN[1][1] * positions[i + 1];
        }
        Path turned = folder.resolve("turned.xyz");
        ExtendedXyz.write(turned, atoms.moved(atoms.cell().transformed(TURN), positions));
        ElasticTensor first = tensor(predicted(straight));
        JsonNode second = predicted(turned);
        assertThat(second.path("frame").asText()).isEqualTo("input-axes");
        assertThat(second.path("model").path("frame").asText()).isEqualTo("lammps-cell");
        assertThat(tensor(second).distance(first.rotated(TURN))).isCloseTo(0, within(1e-3));
        assertThat(tensor(second).distance(first)).as("the turn matters").isGreaterThan(1);
    }

    @Test
    void ofAPictureTheFrameIsTheModels() throws IOException {
        Path png = folder.resolve("image.png");
        StructureImage image = StructureImage.of(atoms, 32);
        image.write(png);
        assertThat(predicted(png).path("frame").asText()).isEqualTo("lammps-cell");
    }
}
