// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.onnx.OnnxExport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in the library, described and exported. */
class ModelCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void unpack() throws IOException {
        file = folder.resolve("al.safetensors");
        try (InputStream shipped = DefaultModel.shipped().openStream()) {
            Files.copy(shipped, file);
        }
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void saysWhatAModelIs() throws IOException {
        ModelFile model = ModelFile.read(file);
        assertThat(run("model", file.toString())).isZero();
        assertThat(out.toString()).contains("periodic, " + model.parameters().length + " parameters",
                "256 x 256 pixels", "convolution 20 x 20, 6 channels, periodic padding", "cholesky",
                model.provenance().get("command"), "validation_rmse_GPa");
        assertThat(out.toString()).containsPattern("frame +input-axes: the axes of the input")
                .containsPattern("licence +Apache-2\\.0").containsOnlyOnce("\nlicence ").containsOnlyOnce("\nframe ");
        assertThat(out.toString()).containsPattern("uncertainty +relaxed averaged: .* in 95 of 100; by 901 samples");
        out.getBuffer().setLength(0);
        assertThat(run("model", file.toString(), "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("parameters").asInt()).isEqualTo(model.parameters().length);
        assertThat(json.path("network").path("layers").size()).isEqualTo(model.definition().layers().size());
        assertThat(json.path("metrics").path("validation_rmse_GPa").asDouble())
                .isEqualTo(model.metrics().get("validation_rmse_GPa"));
        assertThat(json.path("provenance").path("elements").asText()).contains("Al");
        assertThat(json.path("frame").asText()).isEqualTo("input-axes");
        assertThat(json.path("licence").asText()).isEqualTo("Apache-2.0");
    }

    /** Models of the first version say neither: their frame is known all the same, their licence is not. */
    @Test
    void aModelThatDoesNotSayItsLicence() throws IOException {
        ModelFile shipped = ModelFile.read(file);
        Map<String, String> less = new HashMap<>(shipped.provenance());
        less.remove(ModelFile.LICENCE);
        less.remove(ModelFile.FRAME);
        new ModelFile(shipped.definition(), shipped.head(), shipped.parameters(), less, shipped.metrics())
                .write(file, ModelFile.Precision.SINGLE);
        assertThat(run("model", file.toString())).isZero();
        assertThat(out.toString()).containsPattern("frame +lammps-cell: ").containsPattern("licence +not stated");
        out.getBuffer().setLength(0);
        assertThat(run("model", file.toString(), "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("licence").isNull()).isTrue();
        assertThat(json.path("frame").asText()).isEqualTo("lammps-cell");
    }

    @Test
    void exportsWhatTheLibraryExports() {
        Path onnx = folder.resolve("al.onnx");
        assertThat(run("export", file.toString(), "--onnx", onnx.toString())).isZero();
        Path expected = folder.resolve("expected.onnx");
        OnnxExport.write(ModelFile.read(file), expected);
        assertThat(onnx).hasSameBinaryContentAs(expected);
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "{}");
        assertThat(run("model", text.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run("export", folder.resolve("none").toString(), "--onnx", "x")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains(text.toString(), "none does not exist");
        assertThat(run("export", file.toString(), "--onnx", folder.resolve("no/x.onnx").toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("make it first");
    }
}
