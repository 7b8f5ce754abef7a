// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.SaintVenantKirchhoffLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same beam and the same brick by CalculiX (Debian's calculix-ccx), where it is installed. */
class CalculixTest {
    private static final double[] BEAM = {405, 81, 1};
    private static final String ORTHOTROPIC = "*MATERIAL, NAME=M\n*ELASTIC, TYPE=ORTHO\n102.05, 54.14, 102.05, 56.12, "
            + "56.12, 107.48, 28.24, 31.21\n31.21, 293.\n*SOLID SECTION, ELSET=EALL, MATERIAL=M\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"C3D20, 3", "C3D20R, 2"})
    void planeBeamIsEqualToFiveDigits(String element, int points) throws Exception {
        double[] peer = calculix(element, new int[] {16, 4, 1}, true);
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {BEAM[0], BEAM[1]}, new int[] {16, 4});
        Problem problem = Problem.of(mesh, Section.PLANE_STRAIN).points(points)
                .material(new SaintVenantKirchhoffLaw(TestTensors.sixteenPores()))
                .step(Step.of("bend", 4, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 0, 0), new Displacement("right", 1, -40))).build();
        requireEqual(mesh, problem, peer);
    }

    @ParameterizedTest
    @CsvSource({"C3D20, 3", "C3D20R, 2"})
    void solidBlockIsEqualToFiveDigits(String element, int points) throws Exception {
        double[] peer = calculix(element, new int[] {4, 2, 2}, false);
        Mesh mesh = StructuredMesh.of(ElementType.H20, new double[] {BEAM[0], BEAM[1], BEAM[1]},
                new int[] {4, 2, 2});
        Problem problem = Problem.of(mesh, Section.SOLID).points(points)
                .material(new SaintVenantKirchhoffLaw(TestTensors.sixteenPores()))
                .step(Step.of("bend", 4, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("left", 2, 0), new Displacement("right", 0, 0),
                        new Displacement("right", 1, -40), new Displacement("right", 2, 0))).build();
        requireEqual(mesh, problem, peer);
    }

    private static void requireEqual(Mesh mesh, Problem problem, double[] peer) {
        List<Increment> path = new FemSolver().solve(problem);
        Increment end = path.get(path.size() - 1);
        for (int i = 0; i < 2; i++) {
            double ours = end.force(mesh, "right", i);
            assertThat(ours).isCloseTo(peer[i], within(1e-5 * Math.abs(peer[i])));
        }
    }

    /** Forces on the right side along x and y, of the beam one layer thick or of a square one. */
    private double[] calculix(String element, int[] counts, boolean plane) throws Exception {
        assumeTrue(installed(), "CalculiX (ccx) is not installed");
        Mesh mesh = StructuredMesh.of(ElementType.H20, new double[] {BEAM[0], BEAM[1], plane ? 1 : BEAM[1]}, counts);
        return forces(List.of("ccx"), Map.of(), null, folder, input(mesh, element, plane, ORTHOTROPIC));
    }

    /** Runs CalculiX on an input; forces on the right side at the end. */
    static double[] forces(List<String> command, Map<String, String> environment, Path libraries, Path folder,
            String input) throws Exception {
        Files.writeString(folder.resolve("beam.inp"), input);
        List<String> words = new ArrayList<>(command);
        words.add("beam");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        if (libraries != null) {
            builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
        }
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(folder.resolve("beam.dat")).stream().filter(l -> !l.isBlank()).toList();
        String last = lines.get(lines.size() - 1).strip();
        return Arrays.stream(last.split("\\s+")).mapToDouble(Double::parseDouble).toArray();
    }

    /** The beam or block of one material, whose section is in its text. */
    static String input(Mesh mesh, String element, boolean plane, String material) {
        StringBuilder text = new StringBuilder("*NODE, NSET=NALL\n");
        for (int n = 0; n < mesh.nodes(); n++) {
            text.append(String.format(Locale.ROOT, "%d, %.12g, %.12g, %.12g%n", n + 1, mesh.coordinate(n, 0),
                    mesh.coordinate(n, 1), mesh.coordinate(n, 2)));
        }
        text.append("*ELEMENT, TYPE=").append(element).append(", ELSET=EALL\n");
        for (int e = 0; e < mesh.elements(); e++) {
            List<String> nodes = Arrays.stream(mesh.element(e)).mapToObj(n -> String.valueOf(n + 1)).toList();
            text.append(e + 1).append(", ").append(String.join(", ", nodes.subList(0, 10))).append(",\n")
                    .append(String.join(", ", nodes.subList(10, 20))).append('\n');
        }
        for (String set : List.of("left", "right")) {
            text.append("*NSET, NSET=").append(set.toUpperCase(Locale.ROOT)).append('\n')
                    .append(Arrays.stream(mesh.nodeSet(set)).mapToObj(n -> String.valueOf(n + 1))
                            .collect(Collectors.joining(",\n"))).append('\n');
        }
        // Its default lets it stop at half a per cent of unbalanced force.
        text.append(material).append("*STEP, NLGEOM, INC=100\n*STATIC, DIRECT\n0.25, 1.\n"
                + "*CONTROLS, PARAMETERS=FIELD\n1e-7\n*BOUNDARY\nLEFT, 1, 3\nRIGHT, 1, 1\n"
                + "RIGHT, 2, 2, -40.\n").append(plane ? "NALL, 3, 3\n" : "RIGHT, 3, 3\n");
        return text.append("*NODE PRINT, NSET=RIGHT, TOTALS=ONLY\nRF\n*END STEP\n").toString();
    }

    private static boolean installed() throws IOException, InterruptedException {
        try {
            Process version = new ProcessBuilder("ccx", "-v").redirectErrorStream(true).start();
            version.getInputStream().readAllBytes();
            return version.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException missing) {
            return false;
        }
    }
}
