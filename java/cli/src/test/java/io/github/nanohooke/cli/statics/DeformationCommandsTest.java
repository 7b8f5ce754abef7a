// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nanohooke.cli.CommandRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deformations from the shell: what is printed and written, and what is refused. */
class DeformationCommandsTest {
    @TempDir
    private Path folder;
    private Path cell;

    @BeforeEach
    void write() throws IOException {
        cell = folder.resolve("cell.json");
        Files.writeString(cell,
                "{\"latticeConstant\": 4.05, \"cells\": [3, 3, 1], \"pores\": [{\"shape\": \"rectangle\","
                + " \"x\": [3.0375, 7.0875], \"y\": [3.0375, 7.0875]}]}");
    }

    @Test
    void oneDeformation() throws IOException {
        Path out = folder.resolve("out");
        JsonNode result = new CommandRuns(folder).json("statics", cell, "--stretch", "1.01,1,1,0,0,0", "--json",
                "--quiet", "--out", out);
        assertThat(result.path("outcome").asText()).isEqualTo("STABLE");
        assertThat(result.path("A")).hasSize(9);
        assertThat(result.path("A").get(8)).hasSize(9);
        // W is about half of stress times strain.
        double p = result.path("P").get(0).get(0).asDouble();
        assertThat(result.path("W").asDouble()).isCloseTo(0.5 * 0.01 * p, within(0.03 * 0.005 * p));
        assertThat(result.path("stability").path("atoms").asDouble()).isPositive();
        assertThat(result.path("stability").path("softestStrain")).hasSize(6);
        assertThat(out.resolve("deformation.json")).isNotEmptyFile();
        assertThat(out.resolve("deformed.png")).isNotEmptyFile();
    }

    @Test
    void beyondInstabilityIsExitCodeFourAndBadInputTwo() {
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("statics", cell, "--stretch", "1.6,1,1,0,0,0", "--quiet")).isEqualTo(4);
        assertThat(runs.out()).contains("BEYOND_INSTABILITY", "% of the way");
        assertThat(runs.run("statics", cell, "--deformation", "1,0,0,0,-1,0,0,0,1")).isEqualTo(2);
        assertThat(runs.err()).contains("positive determinant");
        assertThat(runs.run("statics", cell, "--deformation", "1,0,0")).isEqualTo(2);
        assertThat(runs.err()).contains("nine numbers");
        // Its determinant is positive, two of its principal values are not.
        assertThat(runs.run("statics", cell, "--stretch", "0.5,0.5,0.5,0.6,0.6,0.6")).isEqualTo(2);
        assertThat(runs.err()).contains("positive principal values");
        assertThat(runs.run("strain", cell, "--direction", "sideways", "--to", "0.1")).isEqualTo(2);
        assertThat(runs.err()).contains("sideways");
    }

    @Test
    void pathOfStrain() throws IOException {
        Path out = folder.resolve("pulled");
        JsonNode result = new CommandRuns(folder).json("strain", cell, "--direction", "x", "--to", "0.002", "--steps",
                "4", "--json", "--quiet", "--out", out);
        assertThat(result.path("states")).hasSize(5);
        assertThat(result.path("instability").isNull()).isTrue();
        double stress = result.path("states").get(4).path("stress").asDouble();
        double tangent = result.path("states").get(0).path("tangent").asDouble();
        assertThat(stress).isCloseTo(0.002 * tangent, within(0.02 * 0.002 * tangent));
        assertThat(Files.readAllLines(out.resolve("strain.csv"))).hasSize(6);
        assertThat(out.resolve("strain.png")).isNotEmptyFile();
        assertThat(out.resolve("end.png")).isNotEmptyFile();
    }

    @Test
    void instabilityIsNamedWithItsDirection() throws IOException {
        Path out = folder.resolve("torn");
        JsonNode found = new CommandRuns(folder).json("strain", cell, "--direction", "x", "--to", "0.3", "--steps", "6",
                "--json", "--quiet", "--out", out).path("instability");
        assertThat(found.path("strain").asDouble()).isBetween(0.05, 0.3);
        double length = 0;
        for (int t = 0; t < 6; t++) {
            double e = found.path("direction").get(t).asDouble();
            length += (t < 3 ? 1 : 2) * e * e;
        }
        assertThat(length).isCloseTo(1, within(1e-9));
        assertThat(found.path("pressure").asDouble()).isNegative();
        assertThat(out.resolve("instability.png")).isNotEmptyFile();
        assertThat(Files.readString(out.resolve("instability.xyz"))).contains("softest:R:3");
    }

    @Test
    void beamOfAtoms() throws IOException {
        CommandRuns runs = new CommandRuns(folder);
        JsonNode result = runs.json("beam", "--source", "atoms", "--cells", "100", "--mesh", "12,4", "--u", "0.2,1",
                "--json", "--quiet");
        JsonNode curve = result.path("curves").get(0);
        assertThat(curve.path("u")).hasSize(3);
        assertThat(curve.path("continuedPoints").get(2).asInt()).isZero();
        // All 7,696 atoms: 0.11754 and 0.59030 N/m; the beam's faces and this mesh make 1 %.
        assertThat(curve.path("Fy").get(1).asDouble()).isCloseTo(0.11754, within(0.0015));
        assertThat(curve.path("Fy").get(2).asDouble()).isCloseTo(0.59030, within(0.008));
        assertThat(runs.run("beam", "--source", "atoms", "--cells", "101")).isEqualTo(2);
        assertThat(runs.err()).contains("multiple of 5");
    }
}
