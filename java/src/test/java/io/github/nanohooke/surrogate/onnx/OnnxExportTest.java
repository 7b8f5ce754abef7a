// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.reference.ReferenceBackend;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ONNX Runtime computes what the reference computes. */
class OnnxExportTest {
    private static final int PIXELS = 32;
    private static final int BATCH = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ZERO, direct", "PERIODIC, direct", "ZERO, cholesky", "PERIODIC, cholesky"})
    void onnxRuntimeReproducesTheReference(Padding padding, String head) throws OrtException {
        NetworkDefinition network = Presets.network("export", PIXELS, 20, new int[] {2, 3}, padding, new int[] {16, 8},
                13);
        float[] parameters = Initialisation.he(network, 1);
        int last = network.parameters().block("dense3.weight").offset();
        for (int i = 0; i < parameters.length; i++) {
            // No bias is zero, and raw numbers are of order one as in a trained network: constants of about 100 GPa.
            parameters[i] = (parameters[i] + 0.01f) * (i < last ? 1 : 0.03f);
        }
        ModelFile model = new ModelFile(network, TargetStatistics.of(TestData.random(20, 1)).head(head), parameters,
                Map.of(), Map.of());
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(model, file);

        byte[] bits = new byte[BATCH * PIXELS * PIXELS / 8];
        float[] pixels = new float[BATCH * PIXELS * PIXELS];
        for (int i = 0; i < BATCH; i++) {
            byte[] packed = TestData.randomImage(PIXELS, i).packed();
            for (int p = 0; p < PIXELS * PIXELS; p++) {
                int bit = packed[p / 8] >> p % 8 & 1;
                pixels[i * PIXELS * PIXELS + p] = bit;
                bits[(i * PIXELS * PIXELS + p) / 8] |= (byte) (bit << p % 8);
            }
        }
        double[][] expected = reference(model, bits);
        float[][] actual = onnx(file, pixels);
        for (int i = 0; i < BATCH; i++) {
            for (int k = 0; k < 13; k++) {
                assertThat((double) actual[i][k]).as("image %d, constant %d [GPa]", i, k)
                        .isCloseTo(expected[i][k], within(1e-4));
            }
        }
        assertThat(actual[0]).as("the images matter").isNotEqualTo(actual[1]);
        double c11 = TargetStatistics.of(TestData.random(20, 1)).mean().get(0);
        assertThat(Math.abs(actual[0][0] - c11)).as("raw numbers of order one [GPa]").isBetween(0.1, 60.0);
    }

    private static double[][] reference(ModelFile model, byte[] bits) {
        float[] raw = new float[BATCH * 13];
        try (NetworkSession session = new ReferenceBackend().open(model.definition(),
                SessionOptions.inference(BATCH))) {
            session.setParameters(model.parameters());
            session.forward(ImageBatch.bits(BATCH, bits), raw);
        }
        double[][] constants = new double[BATCH][13];
        for (int i = 0; i < BATCH; i++) {
            double[] one = new double[13];
            for (int k = 0; k < 13; k++) {
                one[k] = raw[i * 13 + k];
            }
            model.head().constants(one, constants[i]);
        }
        return constants;
    }

    private static float[][] onnx(Path file, float[] pixels) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {BATCH, 1, PIXELS, PIXELS};
        try (OrtSession session = environment.createSession(file.toString(), new OrtSession.SessionOptions());
                OnnxTensor image = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result = session.run(Map.of("image", image))) {
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("units", "GPa");
            return (float[][]) result.get("constants").orElseThrow().getValue();
        }
    }

    /** Models of the first versions do not tell: they are of relaxed structures, in LAMMPS' cell. */
    @Test
    void itTellsTheFrameAndWhatTheImagesShow() throws OrtException {
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(model(), file);
        assertThat(metadata(file)).containsEntry("frame", "lammps-cell").containsEntry("images show", "relaxed");
        OnnxExport.write(model().with(Map.of("frame", "input-axes", "images show", "designed"), Map.of()), file);
        assertThat(metadata(file)).containsEntry("frame", "input-axes").containsEntry("images show", "designed")
                .containsEntry("constants", "C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45");
    }

    private static Map<String, String> metadata(Path file) throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString(),
                new OrtSession.SessionOptions())) {
            return session.getMetadata().getCustomMetadata();
        }
    }

    private static ModelFile model() {
        return new ModelFile(TestData.network(), TargetStatistics.of(TestData.random(5, 1)).direct(),
                Initialisation.he(TestData.network(), 1), Map.of(), Map.of());
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        ModelFile model = model();
        assertThatThrownBy(() -> OnnxExport.write(model, folder.resolve("none").resolve("model.onnx")))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("cannot write ");
    }
}
