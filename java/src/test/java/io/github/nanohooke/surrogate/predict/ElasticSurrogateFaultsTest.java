// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.BackendUnavailableException;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TestModels;
import io.github.nanohooke.tensor.ElasticConstants;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a surrogate refuses, and in which words. */
class ElasticSurrogateFaultsTest {
    private static final int SIZE = TestData.PIXELS;
    private static final int N = ElasticConstants.COUNT;
    private static final StructureImage GOOD = TestData.randomImage(SIZE, 1);
    private static final StructureImage EMPTY = StructureImage.fromPacked(SIZE, SIZE, new byte[SIZE * SIZE / 8]);

    @TempDir
    private Path folder;
    private final ElasticSurrogate surrogate = ElasticSurrogate.of("test", TestModels.random("direct", 1),
            SurrogateOptions.defaults());

    @AfterEach
    void close() {
        surrogate.close();
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> surrogate.predict(TestData.randomImage(24, 1))).isInstanceOf(ImageException.class)
                .hasMessageContainingAll("24 x 24", "needed are 16 x 16", "resampling");
        assertThatThrownBy(() -> surrogate.gradient(TestData.randomImage(24, 1), "C11"))
                .isInstanceOf(ImageException.class).hasMessageContaining("24 x 24");
        StructureImage wide = StructureImage.fromPacked(16, 8, new byte[16]);
        assertThatThrownBy(() -> surrogate.predict(wide)).hasMessageContaining("not square: 16 x 8");
    }

    @Test
    void imagesWithoutSolidAreRefusedAndAllSolidIsFine() {
        assertThatThrownBy(() -> surrogate.predict(EMPTY)).isInstanceOf(ImageException.class)
                .hasMessageContainingAll("no solid pixel", "wrong way round");
        assertThatThrownBy(() -> surrogate.gradient(EMPTY, "C11")).isInstanceOf(ImageException.class);
        assertThat(surrogate.predict(TestModels.solid(SIZE)).get(0, 0)).isNotZero();
    }

    @Test
    void aBadImageIsNamedAndNothingIsComputed() {
        double[] constants = new double[3 * N];
        Arrays.fill(constants, 7);
        assertThatThrownBy(() -> surrogate.predict(List.of(GOOD, GOOD, EMPTY), constants))
                .isInstanceOf(ImageException.class).hasMessageStartingWith("image 2 of 3: the image has no solid");
        byte[] packed = new byte[3 * surrogate.packedBytes()];
        assertThatThrownBy(() -> surrogate.predict(packed, 3, constants)).hasMessageStartingWith("image 0 of 3");
        assertThat(constants).containsOnly(7);
    }

    @Test
    void arraysThatAreTooShortAreRefused() {
        assertThatThrownBy(() -> surrogate.predict(List.of(GOOD, GOOD), new double[25]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("26 numbers", "room for 25");
        assertThatThrownBy(() -> surrogate.predict(new byte[63], 2, new double[26]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("64 bytes", "there are 63");
        assertThatThrownBy(() -> surrogate.predict(new byte[64], -1, new double[26]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> surrogate.predict(ByteBuffer.wrap(GOOD.packed()), 1,
                DoubleBuffer.allocate(N).asReadOnlyBuffer())).hasMessageContaining("read-only");
    }

    @Test
    void bitsBeyondTheWidthAreRefused() {
        var network = Presets.network("twelve", 12, 3, new int[] {2}, Padding.PERIODIC, new int[] {4}, N);
        try (ElasticSurrogate twelve = ElasticSurrogate.of("test", TestModels.random(network, "direct", 1),
                SurrogateOptions.defaults())) {
            byte[] packed = new byte[24];
            Arrays.fill(packed, (byte) 0xff);
            assertThatThrownBy(() -> twelve.predict(packed, 1, new double[N]))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("bits beyond its 12 pixels");
        }
    }

    @Test
    void unknownConstantsAndOptionsAreRefused() {
        assertThatThrownBy(() -> surrogate.gradient(GOOD, "C14")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no constant \"C14\"");
        assertThatThrownBy(() -> SurrogateOptions.defaults().withThreads(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> SurrogateOptions.defaults().withSessions(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> SurrogateOptions.defaults().withBatch(-1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> SurrogateOptions.defaults().withBackend(" ")).hasMessageContaining("names");
    }

    @Test
    void resultsThatAreNotFiniteAreRefused() {
        ModelFile good = TestModels.random("direct", 1);
        float[] huge = good.parameters().clone();
        for (int i = 0; i < huge.length; i++) {
            huge[i] *= 1e30f;
        }
        ModelFile model = new ModelFile(good.definition(), good.head(), huge, Map.of(), Map.of());
        try (ElasticSurrogate broken = ElasticSurrogate.of("broken.safetensors", model, SurrogateOptions.defaults())) {
            assertThatThrownBy(() -> broken.predict(GOOD)).isInstanceOf(SurrogateException.class)
                    .hasMessageContainingAll("broken.safetensors", "no finite number", "C11 of the image");
            assertThatThrownBy(() -> broken.predict(List.of(GOOD, GOOD), new double[2 * N]))
                    .hasMessageContaining("C11 of image 0 of 2");
        }
    }

    @Test
    void missingBackendsAndModelsAreNamed() throws IOException {
        ModelFile model = TestModels.random("direct", 1);
        assertThatThrownBy(() -> ElasticSurrogate.of("test", model, SurrogateOptions.defaults().withBackend("abacus")))
                .isInstanceOf(BackendUnavailableException.class).hasMessageContaining("no backend 'abacus'");
        assertThatThrownBy(() -> ElasticSurrogate.of("test", model,
                SurrogateOptions.defaults().withInstructionSet("mmx"))).isInstanceOf(NetworkException.class)
                .hasMessageContaining("no instruction set 'mmx'");
        assertThatThrownBy(() -> ElasticSurrogate.load(folder.resolve("none.safetensors")))
                .isInstanceOf(NetworkException.class).hasMessageContaining("does not exist");
        Path foreign = Files.writeString(folder.resolve("foreign.safetensors"), "PK and some more text");
        assertThatThrownBy(() -> ElasticSurrogate.load(foreign)).isInstanceOf(NetworkException.class)
                .hasMessageContainingAll("foreign.safetensors", "no safetensors file");
    }

    @Test
    void theDefaultModelIsThatOfTheVariableElseTheShippedOne() throws MalformedURLException {
        Path mine = folder.resolve("mine.safetensors");
        Path shipped = folder.resolve("shipped.safetensors");
        TestModels.random("direct", 1).write(mine, ModelFile.Precision.SINGLE);
        TestModels.random("direct", 2).write(shipped, ModelFile.Precision.SINGLE);
        Map<String, String> environment = Map.of("NANOHOOKE_MODEL", mine.toString());
        DefaultModel first = DefaultModel.find(environment, shipped.toUri().toURL());
        assertThat(first.name()).isEqualTo(mine.toString());
        assertThat(first.model().provenance()).containsEntry("seed", "1");
        DefaultModel second = DefaultModel.find(Map.of("NANOHOOKE_MODEL", ""), shipped.toUri().toURL());
        assertThat(second.name()).isEqualTo("nanohooke-al.safetensors");
        assertThat(second.model().provenance()).containsEntry("seed", "2");
        assertThatThrownBy(() -> DefaultModel.find(Map.of(), null))
                .isInstanceOf(MissingLibraryException.class)
                .hasMessageContainingAll("NANOHOOKE_MODEL", "io.github.nanohooke:nanohooke-model-al",
                        "nanohooke train");
    }

    @Test
    void designedStructuresHaveAModelOfTheirOwnWhereThereIsOne() throws MalformedURLException {
        Path mine = folder.resolve("mine.safetensors");
        Path shipped = folder.resolve("shipped.safetensors");
        Path designed = folder.resolve("designed.safetensors");
        TestModels.random("direct", 1).write(mine, ModelFile.Precision.SINGLE);
        TestModels.random("direct", 2).write(shipped, ModelFile.Precision.SINGLE);
        TestModels.random("direct", 3).write(designed, ModelFile.Precision.SINGLE);
        DefaultModel own = DefaultModel.findForDesigned(Map.of(), designed.toUri().toURL(), shipped.toUri().toURL());
        assertThat(own.name()).isEqualTo("nanohooke-al-designed.safetensors");
        assertThat(own.model().provenance()).containsEntry("seed", "3");
        assertThat(DefaultModel.findForDesigned(Map.of(), null, shipped.toUri().toURL()).model().provenance())
                .containsEntry("seed", "2");
        assertThat(DefaultModel.findForDesigned(Map.of("NANOHOOKE_MODEL", mine.toString()), designed.toUri().toURL(),
                shipped.toUri().toURL()).model().provenance()).containsEntry("seed", "1");
        assertThatThrownBy(() -> DefaultModel.findForDesigned(Map.of(), null, null))
                .isInstanceOf(MissingLibraryException.class);
    }

    @Test
    void aShippedModelThatIsDamagedIsNamed() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.safetensors"), "short");
        assertThatThrownBy(() -> DefaultModel.find(Map.of(), damaged.toUri().toURL()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContainingAll("nanohooke-al.safetensors", "no safetensors file");
        assertThatThrownBy(() -> DefaultModel.find(Map.of(), folder.resolve("gone").toUri().toURL()))
                .isInstanceOf(SurrogateException.class).hasMessageContaining("cannot be read");
    }
}
