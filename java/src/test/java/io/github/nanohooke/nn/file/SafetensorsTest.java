// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.NetworkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path example() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.ofFloats(List.of(2L, 3L), new float[] {1, -2, 3.5f, Float.MIN_VALUE, 0, -0f}));
        tensors.put("b", Tensor.ofDoubles(List.of(), new double[] {Math.PI}));
        tensors.put("c", Tensor.ofHalves(List.of(3L), new float[] {0.5f, -65504, 1e-7f}));
        tensors.put("empty", Tensor.ofFloats(List.of(0L, 4L), new float[0]));
        Path file = folder.resolve("example.safetensors");
        new Safetensors(Map.of("units", "GPa", "note", "ü \" \\"), tensors).write(file);
        return file;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = example();
        Safetensors read = Safetensors.read(file);
        assertThat(read.metadata()).isEqualTo(Map.of("units", "GPa", "note", "ü \" \\"));
        assertThat(read.tensors().keySet()).containsExactly("a", "b", "c", "empty");
        assertThat(read.tensor("a").floats()).isEqualTo(new float[] {1, -2, 3.5f, Float.MIN_VALUE, 0, -0f});
        assertThat(read.tensor("a").shape()).containsExactly(2L, 3L);
        assertThat(read.tensor("b").doubles()).containsExactly(Math.PI);
        assertThat(read.tensor("c").doubles()).containsExactly(0.5, -65504, 0x1p-23);
        assertThat(read.tensor("empty").count()).isZero();
        long headerLength = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(headerLength % 8).as("alignment of the data").isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").containsExactly(file);
        }
        assertThatThrownBy(() -> read.tensor("d"))
                .hasMessageContaining("no tensor 'd'").hasMessageContaining("[a, b, c");
        assertThatThrownBy(() -> read.tensor("b").floats()).hasMessageContaining("F64");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(example());
        Path cut = folder.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Safetensors.read(cut)).as("cut to %d bytes", length)
                    .isInstanceOf(NetworkException.class).hasMessageContaining("cut.safetensors");
        }
        Files.write(cut, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> Safetensors.read(cut)).hasMessageContaining("1 bytes too many");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[] | 0 | does not begin with '{'",
        "{\"a\":1 | 0 | damaged header",
        "{} x | 0 | damaged header",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{}} | 4 | Duplicate field 'a'",
        "{\"__metadata__\":[]} | 0 | must be a JSON object",
        "{\"__metadata__\":{\"a\":1}} | 0 | entry 'a' must be a text",
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}} | 2 | type \"BF16\" are not supported",
        "{\"a\":{\"shape\":[1],\"data_offsets\":[0,2]}} | 2 | type  are not supported",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | data_offsets [0, 4] give 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | not negative, got -1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}} | 4 | shape must be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | begin and an end",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | begin and an end",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | there is a gap",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | truncated",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,9294967296],\"data_offsets\":[0,4]}} | 4 | is impossibly",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}} | 4 | more than",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[100000000],\"data_offsets\":[0,400000000]}} | 4 | truncated",
    })
    void damagedHeadersAreRefusedWithTheirReason(String header, int dataBytes, String reason) throws IOException {
        Path file = folder.resolve("bad.safetensors");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, buffer.putLong(json.length).put(json).array());
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(NetworkException.class)
                .hasMessageContaining("bad.safetensors").hasMessageContaining(reason);
    }

    @Test
    void overlapsAreRefused() throws IOException {
        damagedHeadersAreRefusedWithTheirReason("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "they overlap");
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        Path file = folder.resolve("picture.png");
        Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13});
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("is no safetensors file");
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("none"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Safetensors.read(folder)).isInstanceOf(NetworkException.class);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Path file = folder.resolve("missing").resolve("a.safetensors");
        assertThatThrownBy(() -> new Safetensors(Map.of(), Map.of()).write(file))
                .isInstanceOf(FileWriteException.class)
                .hasMessageContaining("cannot write ");
    }

    @Test
    void tensorsCheckTheirLength() {
        assertThatThrownBy(() -> Tensor.ofFloats(List.of(3L), new float[2]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("takes 12 bytes, got 8");
    }
}
