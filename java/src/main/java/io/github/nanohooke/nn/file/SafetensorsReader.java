// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@link Safetensors}, believing nothing that it has not checked. */
final class SafetensorsReader {
    static final String METADATA = "__metadata__";
    /** The format's own limit. */
    private static final long MAX_HEADER = 100_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SafetensorsReader() {
    }

    /** What is wrong with a file, to be read after its name. */
    static final class DamagedFileException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedFileException(String message) {
            super(message);
        }
    }

    /** Where one tensor lies. */
    private record Entry(String name, Tensor.Type type, List<Long> shape, long begin, long end) {
    }

    /** @param size bytes that the channel holds in all */
    static Safetensors read(ReadableByteChannel channel, long size) throws IOException {
        if (size < Long.BYTES) {
            throw new DamagedFileException("is no safetensors file: it has " + size + " bytes, not even the 8 of the "
                    + "header's length");
        }
        long headerLength = readFully(channel, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerLength < 2 || headerLength > MAX_HEADER) {
            throw new DamagedFileException("is no safetensors file: its first 8 bytes give a header of "
                    + Long.toUnsignedString(headerLength) + " bytes, which must be 2 to " + MAX_HEADER);
        }
        if (headerLength > size - Long.BYTES) {
            throw new DamagedFileException("is truncated, or no safetensors file: the header takes " + headerLength
                    + " bytes, after its length there are " + (size - Long.BYTES));
        }
        JsonNode header = parse(readFully(channel, (int) headerLength).array());
        Map<String, String> metadata = metadata(header);
        List<Entry> entries = entries(header);
        requireExactCover(entries, size - Long.BYTES - headerLength);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byte[] data = readFully(channel, (int) (entry.end() - entry.begin())).array();
            tensors.put(entry.name(), new Tensor(entry.type(), entry.shape(), data));
        }
        return new Safetensors(metadata, tensors);
    }

    private static JsonNode parse(byte[] header) throws DamagedFileException {
        if (header[0] != '{') {
            throw new DamagedFileException("is no safetensors file: its header does not begin with '{'");
        }
        try {
            return MAPPER.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new DamagedFileException("has a damaged header: " + e.getOriginalMessage());
        }
    }

    private static Map<String, String> metadata(JsonNode header) throws DamagedFileException {
        Map<String, String> metadata = new LinkedHashMap<>();
        JsonNode node = header.get(METADATA);
        if (node == null) {
            return metadata;
        }
        if (!node.isObject()) {
            throw new DamagedFileException("has a damaged header: " + METADATA + " must be a JSON object");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new DamagedFileException("has a damaged header: " + METADATA + " entry '" + field.getKey()
                        + "' must be a text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    /** The header's tensors in the order of their data. */
    private static List<Entry> entries(JsonNode header) throws DamagedFileException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        return entries;
    }

    private static Entry entry(String name, JsonNode node) throws DamagedFileException {
        Tensor.Type type = type(name, node.path("dtype"));
        List<Long> shape = integers(name, "shape", node.path("shape"));
        List<Long> offsets = integers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw damaged(name, "data_offsets must be a begin and an end, got " + offsets);
        }
        long bytes = offsets.get(1) - offsets.get(0);
        long needed;
        try {
            needed = Math.multiplyExact(Tensor.count(shape), type.bytes());
        } catch (ArithmeticException e) {
            throw damaged(name, "shape " + shape + " is impossibly large");
        }
        if (bytes != needed) {
            throw damaged(name, type + " of shape " + shape + " takes " + needed + " bytes, its data_offsets "
                    + offsets + " give " + bytes);
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw damaged(name, "its " + bytes + " bytes are more than this reader can hold in one array");
        }
        return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static Tensor.Type type(String name, JsonNode node) throws DamagedFileException {
        for (Tensor.Type type : Tensor.Type.values()) {
            if (type.name().equals(node.textValue())) {
                return type;
            }
        }
        throw damaged(name, "values of type " + node + " are not supported, only "
                + List.of(Tensor.Type.values()));
    }

    private static List<Long> integers(String name, String field, JsonNode node) throws DamagedFileException {
        if (!node.isArray()) {
            throw damaged(name, field + " must be a list of numbers");
        }
        List<Long> values = new ArrayList<>();
        for (JsonNode value : node) {
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
                throw damaged(name, field + " must have whole numbers, not negative, got " + value);
            }
            values.add(value.longValue());
        }
        return values;
    }

    /** The format allows neither overlaps nor gaps, and nothing after the last tensor. */
    private static void requireExactCover(List<Entry> entries, long available) throws DamagedFileException {
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin() != end) {
                throw damaged(entry.name(), "its data begin at " + entry.begin() + ", those before end at " + end
                        + (entry.begin() < end ? ": they overlap" : ": there is a gap"));
            }
            end = entry.end();
        }
        if (end > available) {
            throw new DamagedFileException("is truncated: its tensors take " + end + " bytes, there are " + available);
        }
        if (end < available) {
            throw new DamagedFileException("is damaged: after its tensors there are " + (available - end)
                    + " bytes too many");
        }
    }

    private static DamagedFileException damaged(String tensor, String fault) {
        return new DamagedFileException("has a damaged header: tensor '" + tensor + "': " + fault);
    }

    private static ByteBuffer readFully(ReadableByteChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new DamagedFileException("ends " + buffer.remaining() + " bytes too early: it is truncated, or "
                        + "being written");
            }
        }
        return buffer.flip();
    }
}
