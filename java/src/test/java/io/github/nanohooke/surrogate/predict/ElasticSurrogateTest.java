// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a surrogate predicts: against the network and the head, batched, averaged, in every form of input. */
class ElasticSurrogateTest {
    private static final int N = ElasticConstants.COUNT;

    @ParameterizedTest
    @CsvSource({"reference, direct", "reference, cholesky", "cpu, direct", "cpu, cholesky"})
    void aPredictionIsTheHeadOfTheNetwork(String backend, String head) {
        ModelFile model = TestModels.random(head, 1);
        StructureImage image = TestData.randomImage(TestData.PIXELS, 2);
        float[] results = new float[N];
        try (NetworkSession session = Backends.open(backend).open(model.definition(), SessionOptions.inference(1))) {
            session.setParameters(model.parameters());
            session.forward(ImageBatch.bits(1, image.packed()), results);
        }
        double[] raw = new double[N];
        Arrays.setAll(raw, k -> results[k]);
        double[] expected = new double[N];
        model.head().constants(raw, expected);
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", model, options(backend))) {
            ElasticTensor tensor = surrogate.predict(image);
            assertThat(ElasticConstants.of(tensor)).isEqualTo(expected);
            assertThat(ElasticConstants.largestOther(tensor)).isZero();
            assertThat(surrogate.predict(TestData.randomImage(TestData.PIXELS, 3))).isNotEqualTo(tensor);
        }
    }

    @Test
    void aModelFileIsLoadedAndDescribed(@TempDir Path folder) {
        ModelFile model = TestModels.random("direct", 1);
        Path file = folder.resolve("model.safetensors");
        model.write(file, ModelFile.Precision.SINGLE);
        StructureImage image = TestData.randomImage(TestData.PIXELS, 2);
        try (ElasticSurrogate loaded = ElasticSurrogate.load(file);
                ElasticSurrogate given = ElasticSurrogate.of("given", model, SurrogateOptions.defaults())) {
            assertThat(loaded.predict(image)).isEqualTo(given.predict(image));
            assertThat(loaded.name()).isEqualTo(file.toString());
            assertThat(loaded.definition()).isEqualTo(model.definition());
            assertThat(loaded.provenance()).isEqualTo(model.provenance());
            assertThat(loaded.metrics()).isEqualTo(model.metrics());
            assertThat(loaded.backend()).startsWith("cpu: ");
            assertThat(loaded.resolution()).isEqualTo(TestData.PIXELS);
            assertThat(loaded.toString()).contains("model.safetensors", "network tiny", "cpu: ");
        }
    }

    /** What is outside of all that is known is judged by what the model learnt from, not by its head. */
    @Test
    void theSpreadOfTrainingIsThatOfTheModelsOwnData() {
        ModelFile model = TestModels.random("direct", 1);
        TrainingConstants own = TrainingConstants.own(TestData.random(20, 3));
        try (ElasticSurrogate untold = ElasticSurrogate.of("untold", model, SurrogateOptions.defaults());
                ElasticSurrogate telling = ElasticSurrogate.of("telling", model.with(own.provenance(), Map.of()),
                        SurrogateOptions.defaults())) {
            assertThat(untold.spreadOfTraining()).isEqualTo(model.head().scale());
            assertThat(telling.spreadOfTraining()).isEqualTo(own.statistics().scale())
                    .isNotEqualTo(model.head().scale());
        }
    }

    /** Also: a call may be larger than a batch, and its last piece smaller. */
    @ParameterizedTest
    @CsvSource({"reference, false", "cpu, false", "reference, true", "cpu, true"})
    void manyImagesGiveWhatEachGivesAlone(String backend, boolean average) {
        List<StructureImage> images = TestModels.images(37);
        ModelFile model = TestModels.random("direct", 1);
        double[] constants = new double[37 * N + 1];
        constants[37 * N] = 7;
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", model,
                options(backend).withBatch(16).withAverage(average).withThreads(2))) {
            surrogate.predict(images, constants);
            for (int i = 0; i < images.size(); i++) {
                assertThat(Arrays.copyOfRange(constants, i * N, (i + 1) * N)).as("image " + i)
                        .isEqualTo(ElasticConstants.of(surrogate.predict(images.get(i))));
            }
            surrogate.predict(List.of(), new double[0]);
        }
        assertThat(constants[37 * N]).isEqualTo(7);
    }

    /** With fewer images a batch than orientations, the batch is as large as the orientations need. */
    @Test
    void anAverageNeedsRoomForAllOrientations() {
        StructureImage image = TestData.randomImage(TestData.PIXELS, 2);
        ModelFile model = TestModels.random("direct", 1);
        SurrogateOptions average = options("cpu").withAverage(true);
        try (ElasticSurrogate small = ElasticSurrogate.of("test", model, average.withBatch(1));
                ElasticSurrogate large = ElasticSurrogate.of("test", model, average.withBatch(32))) {
            assertThat(small.predict(image)).isEqualTo(large.predict(image));
        }
    }

    @Test
    void arraysAndBuffersOfEveryKindAgree() {
        List<StructureImage> images = TestModels.images(5);
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", TestModels.random("direct", 1),
                options("cpu").withBatch(2))) {
            double[] expected = new double[5 * N];
            surrogate.predict(images, expected);

            byte[] packed = new byte[5 * surrogate.packedBytes()];
            for (int i = 0; i < 5; i++) {
                System.arraycopy(images.get(i).packed(), 0, packed, i * surrogate.packedBytes(),
                        surrogate.packedBytes());
            }
            double[] constants = new double[5 * N];
            surrogate.predict(packed, 5, constants);
            assertThat(constants).isEqualTo(expected);

            ByteBuffer direct = ByteBuffer.allocateDirect(packed.length + 3);
            direct.position(3).put(packed).position(3);
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                DoubleBuffer results = ByteBuffer.allocateDirect((5 * N + 2) * Double.BYTES).order(order)
                        .asDoubleBuffer();
                results.position(2);
                surrogate.predict(direct, 5, results);
                assertThat(direct.position()).isEqualTo(3);
                assertThat(results.position()).isEqualTo(2);
                double[] read = new double[5 * N];
                results.get(read);
                assertThat(read).isEqualTo(expected);
                assertThat(results.get(0)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "cholesky"})
    void theAverageTurnsExactlyWithTheImage(String head) {
        try (ElasticSurrogate plain = ElasticSurrogate.of("test", TestModels.random(head, 1), options("cpu"));
                ElasticSurrogate average = ElasticSurrogate.of("test", TestModels.random(head, 1),
                        options("cpu").withAverage(true))) {
            for (StructureImage image : TestModels.images(6)) {
                ElasticTensor tensor = average.predict(image);
                double[] mean = new double[N];
                for (SquareSymmetry symmetry : SquareSymmetry.values()) {
                    StructureImage turned = image.transformed(symmetry);
                    assertThat(average.predict(turned)).as("%s", symmetry).isEqualTo(tensor.transformed(symmetry));
                    double[] back = ElasticConstants.of(plain.predict(turned).transformed(symmetry.inverse()));
                    for (int k = 0; k < N; k++) {
                        mean[k] += back[k] / 8;
                    }
                }
                assertThat(ElasticConstants.of(tensor)).containsExactly(mean, within(1e-9));
                assertThat(plain.predict(image).distance(tensor)).isGreaterThan(1e-3);
            }
        }
    }

    /** A crystal without pores is cubic; of a network that knows nothing, only the average says so, up to C33 et al. */
    @Test
    void theAverageOfASymmetricImageHasItsSymmetry() {
        StructureImage solid = TestModels.solid(TestData.PIXELS);
        try (ElasticSurrogate average = ElasticSurrogate.of("test", TestModels.random("direct", 1),
                options("reference").withAverage(true))) {
            ElasticTensor tensor = average.predict(solid);
            assertThat(tensor.get(0, 0)).isEqualTo(tensor.get(1, 1)).isNotZero();
            assertThat(tensor.get(3, 3)).isEqualTo(tensor.get(4, 4));
            assertThat(tensor.get(0, 2)).isEqualTo(tensor.get(1, 2));
            for (String zero : List.of("C16", "C26", "C36", "C45")) {
                assertThat(ElasticConstants.of(tensor)[ElasticConstants.indexOf(zero)]).as(zero).isZero();
            }
        }
    }

    @Test
    void anotherSizeIsResampledWhereAskedFor() {
        StructureImage large = TestData.randomImage(3 * TestData.PIXELS, 4);
        try (ElasticSurrogate surrogate = ElasticSurrogate.of("test", TestModels.random("direct", 1),
                options("cpu").withResample(true))) {
            assertThat(surrogate.predict(large)).isEqualTo(surrogate.predict(large.resampled(TestData.PIXELS)));
            assertThat(surrogate.gradient(large, "C11")).hasSize(TestData.PIXELS * TestData.PIXELS);
        }
    }

    private static SurrogateOptions options(String backend) {
        return SurrogateOptions.defaults().withBackend(backend).withThreads(1);
    }
}
