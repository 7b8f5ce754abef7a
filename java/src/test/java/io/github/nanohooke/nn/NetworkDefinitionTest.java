// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Layer.Dense;
import io.github.nanohooke.nn.Layer.MaxPool;
import io.github.nanohooke.nn.Layer.Relu;
import io.github.nanohooke.nn.file.DefinitionJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDefinitionTest {
    private static final String INPUT = "\"input\":{\"channels\":1,\"height\":4,\"width\":4}";

    @ParameterizedTest
    @ValueSource(strings = {"paper", "periodic"})
    void presetsHaveTheSizesOfTheirDescription(String name) {
        NetworkDefinition preset = Presets.named(name);
        assertThat(preset.outputs()).isEqualTo(13);
        assertThat(preset.parameters().count()).isEqualTo(convolutionParameters() + denseParameters());
        assertThat(preset.shapes().get(14)).isEqualTo(new Shape(96, 8, 8));
        assertThat(preset.flops() / 2).as("multiplications and additions").isBetween(2.04e9, 2.06e9);
    }

    private static int convolutionParameters() {
        return 400 * (6 + 6 * 12 + 12 * 24 + 24 * 48 + 48 * 96) + 6 + 12 + 24 + 48 + 96;
    }

    private static int denseParameters() {
        return 6144 * 512 + 512 * 256 + 256 * 128 + 128 * 64 + 64 * 32 + 32 * 13 + 512 + 256 + 128 + 64 + 32 + 13;
    }

    @Test
    void parametersLieWithoutGapsInTheOrderOfTheLayers() {
        NetworkDefinition network = Presets.network("small", 16, 5, new int[] {2, 3}, Padding.ZERO, new int[] {7}, 4);
        List<ParameterTable.Block> blocks = network.parameters().blocks();
        assertThat(blocks).extracting(ParameterTable.Block::name).containsExactly("convolution1.weight",
                "convolution1.bias", "convolution2.weight", "convolution2.bias", "dense1.weight", "dense1.bias",
                "dense2.weight", "dense2.bias");
        assertThat(blocks).extracting(ParameterTable.Block::shape).containsExactly(List.of(2, 1, 5, 5), List.of(2),
                List.of(3, 2, 5, 5), List.of(3), List.of(7, 48), List.of(7), List.of(4, 7), List.of(4));
        int offset = 0;
        for (ParameterTable.Block block : blocks) {
            assertThat(block.offset()).isEqualTo(offset);
            assertThat(block.count()).isEqualTo(block.shape().stream().reduce(1, (a, b) -> a * b));
            offset += block.count();
        }
        assertThat(network.parameters().count()).isEqualTo(offset);
        assertThat(network.parameters().block("dense1.bias").fanIn()).isEqualTo(48);
        assertThatThrownBy(() -> network.parameters().block("dense3.bias")).isInstanceOf(NetworkException.class)
                .hasMessageContaining("no parameters named dense3.bias");
    }

    @Test
    void layersThatDoNotFitAreNamed() {
        Convolution convolution = new Convolution(3, 2, Padding.ZERO);
        assertRefused(List.of(), "no dense layer");
        assertRefused(List.of(convolution, new Relu()), "no dense layer");
        assertRefused(List.of(new Dense(3), convolution), "layer 2 of 2, Convolution[kernel=3, outputs=2, padding=ZERO]"
                + ": a convolution cannot follow a dense layer");
        assertRefused(List.of(new Relu(), new Dense(3)), "layer 1 of 2, Relu[]: a ReLU must follow");
        assertRefused(List.of(convolution, new Relu(), new Relu(), new Dense(3)), "layer 3 of 4, Relu[]");
        assertRefused(List.of(new MaxPool(), new Dense(3)), "a max pool must follow a convolution");
        assertRefused(List.of(new Dense(3), new MaxPool()), "a max pool must follow a convolution");
        assertRefused(List.of(convolution, new MaxPool(), convolution, new MaxPool(), new Dense(3)),
                "layer 4 of 5, MaxPool[]: a 2 x 2 max pool needs an even image size, here it is 2x3x5");
    }

    private static void assertRefused(List<Layer> layers, String reason) {
        assertThatThrownBy(() -> new NetworkDefinition("odd", new Shape(1, 6, 10), layers))
                .isInstanceOf(NetworkException.class).hasMessageContaining(reason);
    }

    @Test
    void sizesThatNoArrayCanHoldAreRefused() {
        assertThatThrownBy(() -> new NetworkDefinition("huge", new Shape(1, 20000, 20000),
                List.of(new Dense(1000)))).hasMessageContaining("more than an array can hold");
        assertThatThrownBy(() -> new Shape(3, 40000, 40000)).hasMessageContaining("more values than an array");
        assertThatThrownBy(() -> new Shape(0, 4, 4)).hasMessageContaining("positive sides, got 0x4x4");
        assertThatThrownBy(() -> new Convolution(0, 4, Padding.ZERO)).hasMessageContaining("kernel");
        assertThatThrownBy(() -> new Convolution(3, 0, Padding.ZERO)).hasMessageContaining("at least one output");
        assertThatThrownBy(() -> new Dense(-1)).hasMessageContaining("at least one output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "periodic"})
    void jsonKeepsEverything(String name) {
        NetworkDefinition preset = Presets.named(name);
        assertThat(DefinitionJson.read(DefinitionJson.write(preset))).isEqualTo(preset);
    }

    @Test
    void jsonLooksAsDocumented() {
        NetworkDefinition network = new NetworkDefinition("small", new Shape(1, 4, 6),
                List.of(new Convolution(20, 6, Padding.PERIODIC), new Relu(), new MaxPool(), new Dense(13)));
        assertThat(DefinitionJson.write(network)).isEqualTo("{\"name\":\"small\",\"input\":{\"channels\":1,"
                + "\"height\":4,\"width\":6},\"layers\":[{\"type\":\"convolution\",\"kernel\":20,\"outputs\":6,"
                + "\"padding\":\"periodic\"},{\"type\":\"relu\"},{\"type\":\"max_pool\"},"
                + "{\"type\":\"dense\",\"outputs\":13}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "null | got null",
        "[1] | cannot be read",
        "{\"name\":\"a\" | cannot be read: line 1, column 12: ",
        "{\"name\":\"a\"} | input",
        "{\"name\":\"a\",INPUT,\"layers\":[]} | no dense layer",
        "{\"name\":\"a\",INPUT,\"layers\":[{\"type\":\"lstm\"}]} | lstm",
        "{\"name\":\"a\",INPUT,\"layers\":[{\"type\":\"dense\"}]} | outputs",
        "{\"name\":\"a\",\"input\":{\"channels\":1,\"height\":4.5,\"width\":4},\"layers\":[]} | 4.5",
        "{\"name\":\"a\",\"input\":{\"channels\":1,\"height\":4,\"width\":4,\"depth\":4},\"layers\":[]} | depth",
        "{\"name\":\"a\",\"name\":\"b\"} | name",
    })
    void badJsonIsRefusedWithItsReason(String json, String reason) {
        assertThatThrownBy(() -> DefinitionJson.read(json.replace("INPUT", INPUT))).isInstanceOf(NetworkException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void unknownPresetsAreRefused() {
        assertThatThrownBy(() -> Presets.named("resnet")).hasMessageContaining("paper and periodic");
    }
}
