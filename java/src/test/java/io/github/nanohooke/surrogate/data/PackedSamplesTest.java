// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedSamplesTest {
    private static final int PIXELS = 21;

    @TempDir
    private Path folder;

    /** Random pixels and constants. */
    private record Noise(int size, long seed, TensorFrame frame) implements TrainingData {

        @Override
        public StructureImage image(int i) {
            Xoshiro256 random = new Xoshiro256(seed, i);
            StructureImage image = StructureImage.fromPacked(PIXELS, PIXELS,
                    new byte[StructureImage.packedBytes(PIXELS, PIXELS)]);
            byte[] packed = image.packed();
            for (int row = 0; row < PIXELS; row++) {
                for (int column = 0; column < PIXELS; column++) {
                    packed[row * 3 + column / 8] |= (byte) ((random.nextInt(3) / 2) << column % 8);
                }
            }
            return StructureImage.fromPacked(PIXELS, PIXELS, packed);
        }

        @Override
        public double[] constants(int i) {
            float[] values = new float[13];
            new Xoshiro256(seed, i, 1).fillNormal(values, 0, 13, 100);
            double[] constants = new double[13];
            Arrays.setAll(constants, k -> values[k] + 1e-7);
            return constants;
        }

        @Override
        public String fingerprint() {
            return "noise " + seed;
        }
    }

    private Path written() {
        Path file = folder.resolve("some.packed");
        PackedSamples.write(file, PIXELS, Map.of("dataset 1", "noise\nof two lines"), Map.of(
                Part.TRAINING, new Noise(20, 1, TensorFrame.INPUT_AXES),
                Part.TEST, new Noise(3, 2, TensorFrame.INPUT_AXES)));
        return file;
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        PackedSamples samples = PackedSamples.read(written());
        assertThat(samples.provenance()).containsEntry("dataset 1", "noise of two lines").containsEntry("pixels", "21");
        for (Part part : new Part[] {Part.TRAINING, Part.TEST}) {
            TrainingData read = samples.part(part);
            TrainingData noise = part == Part.TEST ? new Noise(3, 2, read.frame()) : new Noise(20, 1, read.frame());
            assertThat(read.size()).isEqualTo(noise.size());
            for (int i = 0; i < noise.size(); i++) {
                assertThat(read.image(i).packed()).isEqualTo(noise.image(i).packed());
                for (int k = 0; k < 13; k++) {
                    assertThat(read.constants(i)[k]).isEqualTo((float) noise.constants(i)[k]);
                }
            }
        }
        assertThat(samples.part(Part.TRAINING).fingerprint()).isNotEqualTo(samples.part(Part.TEST).fingerprint())
                .contains("sha256");
        assertThatThrownBy(() -> samples.part(Part.VALIDATION)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("VALIDATION");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 0.9, 0.999})
    void aFileThatIsCutIsRefused(double share) throws IOException {
        Path file = written();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (share * bytes.length)));
        assertThatThrownBy(() -> PackedSamples.read(file)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aChangedByteIsRefused() throws IOException {
        Path file = written();
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {3, bytes.length / 2, bytes.length - 40}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThatThrownBy(() -> PackedSamples.read(file)).as("byte %d", at).isInstanceOf(SurrogateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 200})
    void rowsOfAnySizeComeBack(int pixels) throws IOException {
        byte[] packed = new byte[StructureImage.packedBytes(pixels, pixels)];
        Xoshiro256 random = new Xoshiro256(pixels);
        for (int p = 0; p < pixels * pixels; p++) {
            int bit = p < pixels ? 1 : random.nextInt(2); // a row that changes at its beginning and never after
            packed[p / pixels * ((pixels + 7) / 8) + p % pixels / 8] |= (byte) (bit << p % pixels % 8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowChanges.write(packed, pixels, new DataOutputStream(bytes));
        assertThat(RowChanges.read(pixels, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(packed);
    }
}
