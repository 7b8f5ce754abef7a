// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients of constants by pixels against finite differences of the network, given values in between 0 and 1. */
class ElasticSurrogateGradientTest {
    private static final int SIZE = TestData.PIXELS;
    private static final int N = ElasticConstants.COUNT;
    private static final double STEP = 2e-3;

    private final StructureImage image = TestData.randomImage(SIZE, 5);

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
                double expected = (constants(model, network, direction, STEP, average)[ElasticConstants.indexOf(name)]
                        - constants(model, network, direction, -STEP, average)[ElasticConstants.indexOf(name)])
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

    /** The network of (image + step * direction), in all orientations where it is averaged. */
    private double[] constants(ModelFile model, NetworkSession network, float[] direction, double step,
            boolean average) {
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
