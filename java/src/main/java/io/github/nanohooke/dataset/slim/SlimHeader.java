// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.io.FileFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What holds for all samples of a file.
 *
 * @param attributes of the dataset: text, whole numbers ({@code Long}), numbers ({@code Double}), {@code int[]}
 * @param sources    the families, which samples name by their place here
 */
record SlimHeader(Map<String, Object> attributes, List<String> sources) {
    static final String SCHEMA = "nanohooke-slim/1";
    private static final int MOST_CELLS = 4096;
    private static final int MOST_SOURCES = 128;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    SlimHeader {
        attributes = new TreeMap<>(attributes);
        sources = List.copyOf(sources);
    }

    byte[] write() {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", SCHEMA);
        json.set("attributes", JSON.valueToTree(attributes));
        json.set("sources", JSON.valueToTree(sources));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws FileFormatException when it is none of this version */
    static SlimHeader read(byte[] bytes, String file) {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (!SCHEMA.equals(json.path("schema").textValue())) {
                throw new FileFormatException(file + " has schema " + json.path("schema") + ", expected " + SCHEMA
                        + ": was it written by another version?");
            }
            Map<String, Object> attributes = new TreeMap<>();
            json.path("attributes").properties().forEach(entry -> attributes.put(entry.getKey(),
                    value(entry.getKey(), entry.getValue(), file)));
            List<String> sources = new ArrayList<>();
            json.path("sources").forEach(source -> sources.add(source.asText()));
            SlimHeader header = new SlimHeader(attributes, sources);
            header.requireUsable(file);
            return header;
        } catch (JsonProcessingException e) {
            throw new FileFormatException(file + ": the header is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new FileFormatException(file + ": the header cannot be read: " + e, e);
        }
    }

    private static Object value(String name, JsonNode value, String file) {
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isArray()) {
            int[] numbers = new int[value.size()];
            for (int i = 0; i < numbers.length; i++) {
                if (!value.get(i).canConvertToInt() || !value.get(i).isIntegralNumber()) {
                    throw new FileFormatException(file + ": attribute " + name + " is no list of whole numbers");
                }
                numbers[i] = value.get(i).intValue();
            }
            return numbers;
        }
        throw new FileFormatException(file + ": attribute " + name + " is neither text, number nor list of numbers");
    }

    private void requireUsable(String file) {
        boolean usable = attributes.get("cells") instanceof int[] cells && cells.length == 3
                && cells[0] > 0 && cells[0] <= MOST_CELLS && cells[1] > 0 && cells[1] <= MOST_CELLS
                && attributes.get("image_size") instanceof Long size && size >= 8 && size <= DatasetPlan.MOST_PIXELS
                && attributes.get("lattice_constant") instanceof Number constant && positive(constant)
                && attributes.get("disk_radius_angstrom") instanceof Number radius && positive(radius)
                && radius.doubleValue() <= ((Number) attributes.get("lattice_constant")).doubleValue()
                && attributes.get("element") instanceof String && attributes.get("seed") instanceof Long
                && attributes.get("kind") instanceof String && !sources.isEmpty() && sources.size() <= MOST_SOURCES;
        if (!usable) {
            throw new FileFormatException(file + ": the header lacks one of cells, image_size, lattice_constant,"
                    + " disk_radius_angstrom, element, seed, kind and sources, or has it out of range");
        }
    }

    private static boolean positive(Number number) {
        return number.doubleValue() > 0 && number.doubleValue() < 1e3;
    }

    /** Pixels along an edge. */
    int imageSize() {
        return ((Number) attributes.get("image_size")).intValue();
    }

    DesignedImage designs() {
        int[] cells = (int[]) attributes.get("cells");
        return new DesignedImage((String) attributes.get("element"), cells[0], cells[1],
                ((Number) attributes.get("lattice_constant")).doubleValue(), imageSize(),
                ((Number) attributes.get("disk_radius_angstrom")).doubleValue());
    }
}
