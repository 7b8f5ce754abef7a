// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nanohooke.cli.CommandRuns;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.structure.file.LammpsData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users' files of atoms were once answered with wrongly, from the command line. */
class AtomsCasesTest {
    private static final double AGREES = 0.02;

    @TempDir
    private Path folder;
    private CommandRuns commands;

    @BeforeEach
    void start() {
        commands = new CommandRuns(folder);
    }

    /** 144 atoms within 1 Å: refused before any method is chosen. */
    @ParameterizedTest
    @ValueSource(strings = {"statics", "image", "predict"})
    void fractionalCoordinatesAreRefused(String command) throws IOException {
        assertThat(commands.run(command, commands.input("fractional.data"))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(commands.err()).contains("0.118 Å apart", "nearer than 0.5 Å", "not fractions of the cell");
        assertThat(commands.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.405", "4.05e-10", "405"})
    void otherUnitsAreRefused(String constant) throws IOException {
        Path file = Files.writeString(folder.resolve("unit.json"), "{\"latticeConstant\":" + constant
                + ",\"cells\":[6,6,1]}");
        assertThat(commands.run("statics", file)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(commands.err()).contains("lengths are in Å").doesNotContain("\tat ");
    }

    /** 7.06 % of lead's atoms are removed and no grid of dots is drawn; bare atoms get the same image to the bit. */
    @Test
    void imageRadiusIsTheLattices() throws IOException {
        Path pb = commands.input("pb.json");
        Path png = folder.resolve("pb.png");
        JsonNode drawn = commands.json("image", pb, "--out", png, "--json");
        assertThat(drawn.path("porosity").asDouble()).isCloseTo(6.6, within(0.1));
        Path data = folder.resolve("pb.data");
        LammpsData.write(data, AtomsFile.read(pb).atoms());
        Path again = folder.resolve("bare.png");
        commands.json("image", data, "--out", again, "--json");
        assertThat(StructureImage.read(again)).isEqualTo(StructureImage.read(png));
        JsonNode predicted = commands.json("predict", pb, "--json");
        assertThat(predicted.path("image").path("porosity").asDouble()).isEqualTo(drawn.path("porosity").asDouble());
    }

    @Test
    void tungstenIsDrawnWithoutHolesAndHasNoFccSurfaces() throws IOException {
        Path w = commands.input("w.json");
        assertThat(commands.json("image", w, "--out", folder.resolve("w.png"), "--json").path("porosity").asDouble())
                .isZero();
        JsonNode predicted = commands.json("predict", w, "--json");
        assertThat(predicted.path("image").path("porosity").asDouble()).isZero();
        assertThat(predicted.path("surfaceAtoms").isNull()).isTrue();
        assertThat(predicted.path("dispersion").isNull()).isTrue();
        assertThat(predicted.path("warnings").toString()).contains("no-surface-analysis", "bcc W");
    }

    /** A type that no atom has asks for no element of the potential, and the fast method is for one element. */
    @Test
    void dataUnusedTypeIsNoElement() throws IOException {
        JsonNode result = commands.json("statics", commands.input("t.data"), "--json", "--quiet");
        assertThat(result.path("method").asText()).isEqualTo("hessian");
        assertThat(result.path("constants").path("C11").asDouble()).isCloseTo(113.80, within(AGREES));
    }

    /** What ASE writes for bulk('Al'): the tensor is that of the cube, in the file's axes, with all its constants. */
    @Test
    void aPrimitiveCellHasTheTensorOfItsAxes() throws IOException {
        JsonNode result = commands.json("statics", commands.input("prim.xyz"), "--json", "--quiet");
        JsonNode c = result.path("constants");
        assertThat(c).hasSize(21);
        double[] expected = {113.80, 61.55, 31.59, 0};
        String[] names = {"C11", "C12", "C44", "C14"};
        for (int k = 0; k < names.length; k++) {
            assertThat(c.path(names[k]).asDouble()).as(names[k]).isCloseTo(expected[k], within(AGREES));
        }
    }

    /** A porous crystal without any symmetry in the plane: LAMMPS' stress differences, in the file's axes. */
    @Test
    void anUprightPorousCellHasTheTensorOfItsAxes() throws IOException {
        JsonNode result = commands.json("statics", commands.input("unturned.xyz"), "--json", "--quiet");
        assertThat(result.path("frame").asText()).isEqualTo("input-axes");
        double[] expected = {85.476, 83.460, 94.684, 41.484, 1.240, 0.620, 0.259};
        String[] names = {"C11", "C22", "C33", "C12", "C16", "C26", "C45"};
        for (int k = 0; k < names.length; k++) {
            assertThat(result.path("constants").path(names[k]).asDouble()).as(names[k])
                    .isCloseTo(expected[k], within(AGREES));
        }
        assertThat(result.path("cell").path("before").toString())
                .isEqualTo("[[24.3,0.0,0.0],[0.0,24.3,0.0],[0.0,0.0,4.05]]");
    }
}
