// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.nn.file.HalfPrecision;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.file.Tensor;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TestData;
import io.github.nanohooke.surrogate.predict.HalfPrecisionLoss;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    @TempDir
    Path folder;

    private final ModelFile model = new ModelFile(TestData.network(),
            TargetStatistics.of(TestData.random(5, 1)).direct(), Initialisation.he(TestData.network(), 1),
            Map.of("seed", "1"), Map.of("validation_rmse_GPa", 2.5));

    @Test
    void everythingIsKept() throws IOException {
        Path single = folder.resolve("model.safetensors");
        model.write(single, ModelFile.Precision.SINGLE);
        ModelFile read = ModelFile.read(single);
        assertThat(read.definition()).isEqualTo(model.definition());
        assertThat(read.head()).isEqualTo(model.head());
        assertThat(read.parameters()).isEqualTo(model.parameters());
        assertThat(read.provenance()).isEqualTo(model.provenance());
        assertThat(read.metrics()).isEqualTo(model.metrics());
        assertThat(Safetensors.read(single).tensor("convolution2.weight").shape()).isEqualTo(List.of(4L, 3L, 5L, 5L));

        Path half = folder.resolve("half.safetensors");
        model.write(half, ModelFile.Precision.HALF);
        float[] rounded = ModelFile.read(half).parameters();
        for (int i = 0; i < rounded.length; i++) {
            float expected = HalfPrecision.toFloat(HalfPrecision.fromFloat(model.parameters()[i]));
            assertThat(rounded[i]).isEqualTo(expected).isCloseTo(model.parameters()[i], within(1e-3f));
        }
        assertThat(Files.size(half)).isLessThan(Files.size(single) - 2L * rounded.length + 64);
    }

    /** Of maps without an order every run would print another one. */
    @Test
    void whatItTellsIsInTheOrderOfNames() {
        Map<String, Double> metrics = new HashMap<>();
        Map<String, String> provenance = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            metrics.put("metric " + 7 * i % 50, 1.0 * i);
            provenance.put("entry " + 7 * i % 50, "text");
        }
        ModelFile more = model.with(provenance, metrics);
        assertThat(List.copyOf(more.metrics().keySet())).isSorted().hasSizeGreaterThanOrEqualTo(50);
        assertThat(List.copyOf(more.provenance().keySet())).isSorted().hasSizeGreaterThanOrEqualTo(50);
    }

    @Test
    void someBlocksAreStoredInHalfPrecision() {
        Path file = folder.resolve("mixed.safetensors");
        model.write(file, Set.of("convolution2.weight"));
        Safetensors mixed = Safetensors.read(file);
        mixed.tensors().forEach((name, tensor) -> assertThat(tensor.type())
                .isEqualTo(name.equals("convolution2.weight") ? Tensor.Type.F16 : Tensor.Type.F32));
        assertThat(ModelFile.read(file).parameters()).isEqualTo(
                model.rounded(Set.of("convolution2.weight")).parameters()).isNotEqualTo(model.parameters());
    }

    @Test
    void choleskyHeadsAreKept() {
        OutputHead head = TargetStatistics.of(TestData.random(5, 1)).cholesky();
        Path file = folder.resolve("cholesky.safetensors");
        new ModelFile(model.definition(), head, model.parameters(), Map.of(), Map.of())
                .write(file, ModelFile.Precision.SINGLE);
        assertThat(ModelFile.read(file).head()).isEqualTo(head);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "format | something else | no nanohooke model: its format is something else",
        "version | 2 | version should be '1', it is '2'",
        "units | MPa | units should be 'GPa'",
        "constants | C11 C12 | constants should be",
        "image | inverted | image should be",
        "definition | {} | cannot be read",
        "head | {\"type\":\"softmax\"} | head cannot be read",
        "head | {\"type\":\"direct\",\"offset\":[1],\"scale\":1} | 13 finite offsets",
        "metrics | [] | metrics cannot be read",
    })
    void aChangedHeaderIsRefusedWithItsReason(String key, String value, String reason) {
        refused(metadata -> metadata.put(key, value), tensors -> { }, reason);
        refused(metadata -> metadata.remove(key), tensors -> { }, key.equals("format") ? "null" : key);
    }

    @Test
    void changedTensorsAreRefusedWithTheirReason() {
        refused(m -> { }, t -> t.remove("dense1.bias"), "8 blocks of parameters, the file 7 tensors");
        refused(m -> { }, t -> t.put("extra", t.get("dense1.bias")), "8 blocks of parameters, the file 9 tensors");
        refused(m -> { }, t -> t.put("dense1.bias", Tensor.ofFloats(List.of(15L), new float[15])),
                "dense1.bias has shape [15], the network needs [16]");
        refused(m -> { }, t -> t.put("dense1.bias", Tensor.ofDoubles(List.of(16L), new double[16])), "F64");
        float[] bad = new float[16];
        bad[3] = Float.NaN;
        refused(m -> { }, t -> t.put("dense1.bias", Tensor.ofFloats(List.of(16L), bad)), "dense1.bias[3] is NaN");
    }

    private void refused(Consumer<Map<String, String>> changeMetadata, Consumer<Map<String, Tensor>> changeTensors,
            String reason) {
        Path file = folder.resolve("changed.safetensors");
        model.write(file, ModelFile.Precision.SINGLE);
        Safetensors good = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(good.metadata());
        Map<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
        changeMetadata.accept(metadata);
        changeTensors.accept(tensors);
        new Safetensors(metadata, tensors).write(file);
        assertThatThrownBy(() -> ModelFile.read(file)).isInstanceOf(SurrogateException.class)
                .hasMessageContaining("changed.safetensors").hasMessageContaining(reason);
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        model.write(file, ModelFile.Precision.SINGLE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ModelFile.read(file)).hasMessageContaining("truncated");
    }

    @Test
    void valuesBeyondHalfPrecisionAreRefused() {
        float[] large = model.parameters().clone();
        large[0] = 70000;
        ModelFile other = new ModelFile(model.definition(), model.head(), large, Map.of(), Map.of());
        assertThatThrownBy(() -> other.write(folder.resolve("half"), ModelFile.Precision.HALF))
                .hasMessageContaining("convolution1.weight has the value 70000");
        assertThat(HalfPrecisionLoss.of(other, TestData.random(2, 1), SurrogateOptions.defaults())).isInfinite();
        assertThat(HalfPrecisionLoss.within(1e3, other, TestData.random(2, 1), SurrogateOptions.defaults()).halves())
                .contains("convolution2.weight").doesNotContain("convolution1.weight");
    }

    @Test
    void networksThatAreNoSurrogatesAreRefused() {
        var wrong = Presets.network("two", 16, 3, new int[] {2}, Padding.ZERO, new int[0], 2);
        assertThatThrownBy(() -> new ModelFile(wrong, model.head(), new float[wrong.parameters().count()], Map.of(),
                Map.of())).hasMessageContaining("network two takes 1x16x16 and gives 2");
        assertThatThrownBy(() -> new ModelFile(model.definition(), model.head(), new float[3], Map.of(), Map.of()))
                .hasMessageContaining("got 3");
    }
}
