// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.capi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.ImageFrame;
import io.github.nanohooke.surrogate.predict.Prediction;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.trust.Uncertainty;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** libnanohooke_c and the Java API give the same numbers. */
class CInterfaceTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources", "io", "github", "nanohooke");
    private static final Path SHIPPED = Path.of("model", "src", "main", "resources").resolve(DefaultModel.RESOURCE);
    private static final Path POTENTIAL = RESOURCES.resolve("statics/potential/Al99.eam.alloy");
    /** exp and ln of two mathematical libraries [GPa]. */
    private static final double LIBM = 1e-10;
    /** Single precision of another instruction set than that of the stored numbers [GPa]. */
    private static final double SINGLE = 2e-4;

    @ParameterizedTest
    @CsvSource({"cholesky, false, constants", "cholesky, true, averaged", "direct, false, constants",
        "direct, true, averaged"})
    void predictionsOfSmallModels(String name, boolean average, String stored) throws IOException {
        Path model = Probe.DATA.resolve(name + ".safetensors");
        Path images = Probe.DATA.resolve(name + ".images");
        List<double[]> ours = predicted(model, Files.readAllBytes(images), average);
        Probe.requireStored(name + "." + stored, ours, SINGLE);
        requireEqual(ours, Probe.run("predict", model, images, average ? 1 : 0), LIBM);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictionsOfTheShippedModel(boolean average) throws IOException {
        byte[] packed = new byte[5 * 8192];
        for (int image = 0; image < 5; image++) {
            for (int p = 0; p < 65536; p++) {
                double x = p % 256 / 256.0 - 0.3;
                double y = p / 256 / 256.0 - 0.6;
                if (x * x + y * y > 0.01 * image) {
                    packed[8192 * image + p / 8] |= (byte) (1 << p % 8);
                }
            }
        }
        Path images = Files.createTempFile("images", ".bits");
        try {
            Files.write(images, packed);
            requireEqual(predicted(SHIPPED, packed, average), Probe.run("predict", SHIPPED, images, average ? 1 : 0),
                    LIBM);
        } finally {
            Files.delete(images);
        }
    }

    @ParameterizedTest
    @CsvSource({"RELAXED, false", "RELAXED, true", "DESIGNED, false", "DESIGNED, true"})
    void uncertainties(Shows shown, boolean average) throws IOException {
        Path images = Files.createTempFile("images", ".bits");
        try (ElasticSurrogate network = ElasticSurrogate.load(SHIPPED, SurrogateOptions.defaults()
                .withAverage(average))) {
            List<StructureImage> drawn = LongStream.range(0, 3).mapToObj(i -> RandomStructures.sample(
                    RandomStructures.Kind.MIXED, 7, i)).map(s -> StructureImage.of(s.atoms(), 256)).toList();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            drawn.forEach(image -> packed.writeBytes(image.packed()));
            Files.write(images, packed.toByteArray());
            List<double[]> ours = drawn.stream().map(image -> {
                Prediction said = network.assess(image, shown);
                Uncertainty uncertainty = said.uncertainty().orElseThrow();
                assertThat(uncertainty.basis()).isEqualTo(Uncertainty.Basis.CALIBRATED);
                return DoubleStream.concat(DoubleStream.concat(Arrays.stream(ElasticConstants.of(said.tensor())),
                        uncertainty.constants().stream().mapToDouble(c -> c)), DoubleStream.of(uncertainty.gpa()))
                        .toArray();
            }).toList();
            requireEqual(ours, Probe.run("uncertain", SHIPPED, images, average ? 1 : 0, shown.ordinal()), 1e-7);
        } finally {
            Files.delete(images);
        }
    }

    @Test
    void aModelThatIsNotCalibratedSaysSo() {
        assertThatThrownBy(() -> Probe.run("uncertain", Probe.DATA.resolve("direct.safetensors"),
                Probe.DATA.resolve("direct.images"), 1, 0)).hasMessageContaining("was not calibrated");
    }

    @ParameterizedTest
    @CsvSource({"cholesky, askew", "direct, askew", "cholesky, straight", "direct, straight"})
    void tensorsInTheAxesOfACell(String name, String atoms) throws IOException {
        Path model = Probe.DATA.resolve(name + ".safetensors");
        double[] constants = IntStream.rangeClosed(1, ElasticConstants.COUNT).asDoubleStream().toArray();
        try (ElasticSurrogate surrogate = ElasticSurrogate.load(model)) {
            ElasticTensor ours = ImageFrame.inAxesOf(atoms(atoms).cell(), surrogate.frame(),
                    ElasticConstants.toTensor(constants));
            requireEqual(List.of(flat(ours)), Probe.run("axes", model, Probe.DATA.resolve(atoms + ".txt")), 1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"straight", "askew"})
    void staticsOfAtoms(String name) throws IOException {
        try (HessianElasticCalculator calculator = new HessianElasticCalculator()) {
            StaticsResult result = calculator.calculate(atoms(name), StaticsOptions.defaults(), StaticsProgress.SILENT);
            Cell cell = result.relaxed().cell();
            double[] rows = Arrays.stream(cell.rows()).flatMapToDouble(Arrays::stream).toArray();
            List<double[]> ours = List.of(flat(result.tensor()), rows, new double[] {result.energy()});
            Probe.requireStored(name + ".tensor", ours, 1e-6);
            requireEqual(ours, Probe.run("statics", POTENTIAL, Probe.DATA.resolve(name + ".txt")), 1e-8);
        }
    }

    private static List<double[]> predicted(Path model, byte[] packed, boolean average) {
        try (ElasticSurrogate surrogate = ElasticSurrogate.load(model,
                SurrogateOptions.defaults().withAverage(average))) {
            NetworkDefinition network = surrogate.definition();
            int count = packed.length / network.input().packedBytes();
            double[] constants = new double[count * ElasticConstants.COUNT];
            surrogate.predict(packed, count, constants);
            return IntStream.range(0, count).mapToObj(i -> Arrays.copyOfRange(constants, i * ElasticConstants.COUNT,
                    (i + 1) * ElasticConstants.COUNT)).toList();
        }
    }

    private static Atoms atoms(String name) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Probe.DATA.resolve(name + ".txt"))) {
            rows.add(Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray());
        }
        double[] positions = rows.stream().skip(4).flatMapToDouble(Arrays::stream).toArray();
        return Atoms.of("Al", Cell.of(rows.subList(1, 4).toArray(double[][]::new)), positions);
    }

    private static double[] flat(ElasticTensor tensor) {
        return Arrays.stream(tensor.toArray()).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void requireEqual(List<double[]> ours, List<double[]> theirs, double tolerance) {
        assertThat(theirs).hasSameSizeAs(ours);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(theirs.get(i)).hasSameSizeAs(ours.get(i));
            for (int k = 0; k < ours.get(i).length; k++) {
                assertThat(theirs.get(i)[k]).as("line %d, number %d", i, k).isCloseTo(ours.get(i)[k],
                        within(tolerance * Math.max(1, Math.abs(ours.get(i)[k]))));
            }
        }
    }
}
