// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.NetworkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays and a map of texts in one file, in the safetensors format: eight bytes with the length of a header
 * (little-endian), the header as JSON, {@code {"name": {"dtype", "shape", "data_offsets": [begin, end]},
 * "__metadata__": {...}}}, then the values, row-major and little-endian, with offsets counted from the header's end.
 *
 * @param metadata the header's {@code __metadata__}
 * @param tensors  by name, in the order of their data
 */
public record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** Tensors start at multiples of this many bytes of the file, so that a reader may map them. */
    private static final int ALIGNMENT = 8;

    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * The tensor of that name.
     *
     * @throws NetworkException when there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NetworkException("there is no tensor '" + name + "'; there are " + tensors.keySet());
        }
        return tensor;
    }

    /**
     * Reads a file. The header is checked against the file's length before anything is allocated for its tensors.
     *
     * @throws NetworkException when the file is missing, truncated, damaged, or no safetensors file: which, and why
     */
    public static Safetensors read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
                // A pipe does not know its length.
                return read(file.toString(), Channels.newInputStream(channel).readAllBytes());
            }
            return SafetensorsReader.read(channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new NetworkException("file " + file + " does not exist", e);
        } catch (SafetensorsReader.DamagedFileException e) {
            throw new NetworkException("file " + file + " " + e.getMessage(), e);
        } catch (IOException e) {
            throw new NetworkException("file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * As {@link #read(Path)}, of a file that is in memory already, for example out of a jar.
     *
     * @param name what to call it in an error
     */
    public static Safetensors read(String name, byte[] file) {
        try {
            return SafetensorsReader.read(Channels.newChannel(new ByteArrayInputStream(file)), file.length);
        } catch (IOException e) {
            throw new NetworkException("file " + name + " " + e.getMessage(), e);
        }
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @throws FileWriteException when it cannot be written
     */
    public void write(Path file) {
        AtomicFile.write(file, stream -> {
            stream.write(header());
            for (Tensor tensor : tensors.values()) {
                stream.write(tensor.data());
            }
        });
    }

    private byte[] header() {
        ObjectNode root = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(SafetensorsReader.METADATA);
            metadata.forEach(texts::put);
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey());
            node.put("dtype", tensor.type().name());
            tensor.shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(begin).add(begin + tensor.data().length);
            begin += tensor.data().length;
        }
        byte[] json = bytes(root);
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(length).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' '); // the format allows spaces at the header's end
        }
        return header.array();
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return MAPPER.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }
}
