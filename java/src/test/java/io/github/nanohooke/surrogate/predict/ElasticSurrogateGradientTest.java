// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.statics.PixelJacobian;
import io.github.nanohooke.statics.StaticsTensors;
import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients of constants by pixels against finite differences of the network, given values in between 0 and 1. */
class ElasticSurrogateGradientTest {
    private static final int SIZE = TestData.PIXELS;
    private static final int N = ElasticConstants.COUNT;
    private static final double STEP = 2e-3;

    private final StructureImage image = TestData.randomImage(SIZE, 5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"reference, direct, false", "reference, cholesky, false", "reference, direct, true",
        "reference, cholesky, true", "cpu, direct, false", "cpu, cholesky, true"})
    void gradientsAreThoseOfFiniteDifferences(String backend, String head, boolean average) {
        ModelFile model = TestModels.random(head, 3);
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", model,
                SurrogateOptions.defaults().withBackend(backend).withAverage(average));
                NetworkSession network = Backends.open("reference").open(model.definition(),
                        SessionOptions.inference(1))) {
            network.setParameters(model.parameters());
            for (String name : List.of("C11", "C12", "C66", "C16", "C45")) {
                double[] gradient = surrogate.gradient(image, name);
                assertThat(gradient).hasSize(SIZE * SIZE);
                float[] direction = new float[SIZE * SIZE];
                new Xoshiro256(11).fillNormal(direction, 0, direction.length, 1.0 / SIZE);
                int index = ElasticConstants.indexOf(name);
                double expected = (constants(model, network, image, direction, STEP, average)[index]
                        - constants(model, network, image, direction, -STEP, average)[index])
                        / (2 * STEP);
                double actual = 0;
                for (int p = 0; p < gradient.length; p++) {
                    actual += gradient[p] * direction[p];
                }
                double length = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
                assertThat(length).as(name).isGreaterThan(0.1);
                assertThat(actual).as(name).isCloseTo(expected, within(0.01 * length));
            }
        }
    }

    /** All thirteen at once, asked as a part does that does not know where its tensors come from. */
    @Test
    void theSeamsJacobianIsThatOfFiniteDifferences() {
        // No max pool: where a picture is even, its inputs are equal, and derivatives are those of one side.
        ModelFile model = TestModels.random(new NetworkDefinition("smooth", TestData.network().input(),
                List.of(new Layer.Convolution(5, 3, Padding.PERIODIC), new Layer.Relu(), new Layer.Dense(16),
                        new Layer.Relu(), new Layer.Dense(N))), "cholesky", 4);
        Path file = folder.resolve("m.safetensors");
        model.write(file, ModelFile.Precision.SINGLE);
        PorousStructure structure = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Circle(30, 30, 12), new Rectangle(55, 70, 10, 30)));
        try (TensorSource source = new NetworkTensors(false, Optional.of(file));
                ElasticSurrogate surrogate = ElasticSurrogate.load(file);
                NetworkSession network = Backends.open("reference").open(model.definition(),
                        SessionOptions.inference(1))) {
            network.setParameters(model.parameters());
            PixelJacobian jacobian = source.jacobian().orElseThrow();
            assertThat(jacobian.resolution()).isEqualTo(SIZE);
            double[][] rows = jacobian.of(structure.atoms());
            StructureImage picture = StructureImage.of(structure.atoms(), SIZE);
            float[] direction = new float[SIZE * SIZE];
            new Xoshiro256(12).fillNormal(direction, 0, direction.length, 1.0 / SIZE);
            double[] above = constants(model, network, picture, direction, STEP, false);
            double[] below = constants(model, network, picture, direction, -STEP, false);
            assertThat(rows).hasNumberOfRows(N);
            for (int k = 0; k < N; k++) {
                String name = ElasticConstants.names().get(k);
                assertThat(rows[k]).as(name).isEqualTo(surrogate.gradient(picture, name));
                double actual = 0;
                for (int p = 0; p < direction.length; p++) {
                    actual += rows[k][p] * direction[p];
                }
                double length = Math.sqrt(Arrays.stream(rows[k]).map(g -> g * g).sum());
                assertThat(length).as(name).isGreaterThan(0.1);
                assertThat(actual).as(name).isCloseTo((above[k] - below[k]) / (2 * STEP), within(0.01 * length));
            }
        }
        try (TensorSource statics = new StaticsTensors()) {
            assertThat(statics.jacobian()).isEmpty();
        }
    }

    /** The network of (image + step * direction), in all orientations where it is averaged. */
    private static double[] constants(ModelFile model, NetworkSession network, StructureImage image, float[] direction,
            double step, boolean average) {
        SquareSymmetry[] symmetries = average ? SquareSymmetry.values()
                : new SquareSymmetry[] {SquareSymmetry.IDENTITY};
        double[] mean = new double[N];
        for (SquareSymmetry symmetry : symmetries) {
            float[] pixels = new float[SIZE * SIZE];
            for (int row = 0; row < SIZE; row++) {
                for (int column = 0; column < SIZE; column++) {
                    double value = (image.solid(row, column) ? 1 : 0) + step * direction[row * SIZE + column];
                    pixels[turned(symmetry, row, column)] = (float) value;
                }
            }
            float[] results = new float[N];
            network.forward(ImageBatch.floats(1, pixels), results);
            double[] raw = new double[N];
            Arrays.setAll(raw, k -> results[k]);
            double[] constants = new double[N];
            model.head().constants(raw, constants);
            double[] back = ElasticConstants.of(ElasticConstants.toTensor(constants).transformed(symmetry.inverse()));
            for (int k = 0; k < N; k++) {
                mean[k] += back[k] / symmetries.length;
            }
        }
        return mean;
    }

    /** Where a pixel goes, from the image of that pixel alone. */
    private static int turned(SquareSymmetry symmetry, int row, int column) {
        byte[] packed = new byte[SIZE * SIZE / 8];
        packed[row * SIZE / 8 + column / 8] = (byte) (1 << column % 8);
        byte[] moved = StructureImage.fromPacked(SIZE, SIZE, packed).transformed(symmetry).packed();
        for (int i = 0; i < moved.length; i++) {
            if (moved[i] != 0) {
                return 8 * i + Integer.numberOfTrailingZeros(moved[i] & 0xff);
            }
        }
        throw new AssertionError("the pixel is gone");
    }
}
