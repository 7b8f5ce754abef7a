// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.ConstitutiveField;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * CalculiX with the UMAT on libnanohooke_c and our solver give the same forces. Debian's CalculiX has no external
 * behaviours: native/examples/umat/build-calculix.sh FOLDER makes one that has, -Dcalculix.umat=FOLDER/ccx names it.
 */
class CalculixUmatTest {
    private static final Path LIBRARIES = Path.of("..", "native", "target", "cmake", "c").toAbsolutePath().normalize();
    private static final Path MODEL = Path.of("model", "src", "main", "resources").resolve(DefaultModel.RESOURCE)
            .toAbsolutePath();
    private static final int[] COUNTS = {16, 4};
    private static final int IMAGE_BYTES = 8192;

    @TempDir
    private Path folder;

    /** The Abaqus interface hands over Green's strain for the second Piola-Kirchhoff stress, ABAQUSNL ln U. */
    @ParameterizedTest
    @CsvSource({"ABAQUS, saint-venant-kirchhoff", "ABAQUSNL, cauchy-log"})
    void oneTensor(String strains, String law) throws Exception {
        double[] constants = ElasticConstants.of(TestTensors.sixteenPores());
        String numbers = String.join(", ", Arrays.stream(constants).mapToObj(Double::toString).toList());
        String lines = numbers.replaceAll("((?:[^,]+, ){7}[^,]+), ", "$1\n"); // eight a line
        double[] peer = calculix(strains, 13, lines, Map.of());
        requireEqual(ConstitutiveField.uniform(Laws.of(law, TestTensors.sixteenPores())), peer);
    }

    /** Every element has the structure of an image of its own: the network inside CalculiX against the one in Java. */
    @ParameterizedTest
    @CsvSource({"ABAQUS, saint-venant-kirchhoff", "ABAQUSNL, cauchy-log"})
    void aStructureForEveryElement(String strains, String law) throws Exception {
        int elements = COUNTS[0] * COUNTS[1];
        byte[] images = new byte[elements * IMAGE_BYTES];
        StringBuilder points = new StringBuilder();
        for (int e = 0; e < elements; e++) {
            draw(images, e * IMAGE_BYTES, 0.05 + 0.3 * e / elements, 0.1 * e);
            for (int point = 1; point <= 8; point++) {
                points.append(e + 1).append(' ').append(point).append(' ').append(elements - e).append('\n');
            }
        }
        Path images0 = Files.write(folder.resolve("images"), images);
        Path table = Files.writeString(folder.resolve("points"), points);
        double[] peer = calculix(strains, 1, "0.", Map.of("NANOHOOKE_UMAT_MODEL", MODEL.toString(),
                "NANOHOOKE_UMAT_IMAGES", images0.toString(), "NANOHOOKE_UMAT_POINTS", table.toString()));
        double[] constants = new double[elements * ElasticConstants.COUNT];
        try (ElasticSurrogate network = ElasticSurrogate.load(MODEL, SurrogateOptions.defaults())) {
            network.predict(images, elements, constants);
        }
        MaterialLaw[] laws = new MaterialLaw[elements];
        for (int e = 0; e < elements; e++) {
            int image = elements - 1 - e;
            laws[e] = Laws.of(law, ElasticConstants.toTensor(Arrays.copyOfRange(constants,
                    image * ElasticConstants.COUNT, (image + 1) * ElasticConstants.COUNT)));
        }
        requireEqual((element, point) -> laws[element], peer);
    }

    /** A round pore in units of the cell. */
    private static void draw(byte[] images, int from, double radius, double centre) {
        for (int p = 0; p < 256 * 256; p++) {
            double x = Math.IEEEremainder(p % 256 / 256.0 - centre, 1);
            double y = Math.IEEEremainder(p / 256 / 256.0 - 0.5, 1);
            if (x * x + y * y > radius * radius) {
                images[from + p / 8] |= (byte) (1 << p % 8);
            }
        }
    }

    private static void requireEqual(ConstitutiveField field, double[] peer) {
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {405, 81}, COUNTS);
        Problem problem = Problem.of(mesh, Section.PLANE_STRAIN).points(2).region(null, field)
                .step(Step.of("bend", 4, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 0, 0), new Displacement("right", 1, -40))).build();
        List<Increment> path = new FemSolver().solve(problem);
        Increment end = path.get(path.size() - 1);
        for (int i = 0; i < 2; i++) {
            assertThat(end.force(mesh, "right", i)).isCloseTo(peer[i], within(1e-5 * Math.abs(peer[i])));
        }
    }

    private double[] calculix(String strains, int constants, String numbers, Map<String, String> environment)
            throws Exception {
        String ccx = System.getProperty("calculix.umat");
        assumeTrue(ccx != null, "no CalculiX with external behaviours is named by -Dcalculix.umat");
        assertThat(LIBRARIES.resolve("libNANOHOOKE.so")).exists();
        Mesh mesh = StructuredMesh.of(ElementType.H20, new double[] {405, 81, 1}, new int[] {COUNTS[0], COUNTS[1], 1});
        String material = "*MATERIAL, NAME=@" + strains + "_NANOHOOKE\n*USER MATERIAL, CONSTANTS=" + constants + "\n"
                + numbers + "\n*SOLID SECTION, ELSET=EALL, MATERIAL=@" + strains + "_NANOHOOKE\n";
        return CalculixTest.forces(List.of(ccx), environment, LIBRARIES, folder,
                CalculixTest.input(mesh, "C3D20R", true, material));
    }
}
