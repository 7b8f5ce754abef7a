// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** A JSON object read with care: every complaint names the file and the path of the value. */
final class JsonFields {
    private final String source;
    private final String path;
    private final JsonNode node;

    /**
     * @param source name of the file, for messages
     * @param path   where {@code node} stands in it; empty for the root
     */
    JsonFields(String source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw error("", "must be an object {...}, got " + shown(node));
        }
    }

    /** @throws StructureException when there is a field that is not among {@code allowed} */
    void allow(List<String> allowed) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!allowed.contains(name)) {
                throw error(name, "unknown field; allowed here: " + String.join(", ", allowed));
            }
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw error(name, "must be a text in quotes, got " + shown(value));
        }
        return value.textValue();
    }

    double number(String name) {
        return number(name, required(name));
    }

    /** An array of exactly {@code count} numbers. */
    double[] numbers(String name, int count) {
        return numbers(name, required(name), count);
    }

    /** An array of arrays of {@code count} numbers each. */
    List<double[]> rows(String name, int count) {
        List<double[]> rows = new ArrayList<>();
        for (JsonNode row : array(name)) {
            rows.add(numbers(name + "[" + rows.size() + "]", row, count));
        }
        return rows;
    }

    /** An array of exactly {@code count} whole numbers. */
    int[] integers(String name, int count) {
        JsonNode values = required(name);
        int[] integers = new int[count];
        for (int i = 0; i < count; i++) {
            JsonNode value = values.get(i);
            if (values.size() != count || !value.isInt()) {
                throw error(name, "must be " + count + " whole numbers, got " + shown(values));
            }
            integers[i] = value.intValue();
        }
        return integers;
    }

    /** An array of objects. */
    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode item : array(name)) {
            objects.add(new JsonFields(source, at(name + "[" + objects.size() + "]"), item));
        }
        return objects;
    }

    StructureException error(String name, String message) {
        String where = at(name);
        return new StructureException(source + ": " + (where.isEmpty() ? "the file" : where) + ": " + message);
    }

    /** Makes something of what was read; should it refuse, the complaint gets file and path. */
    <T> T build(String name, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (StructureException e) {
            String where = at(name);
            throw new StructureException(source + ": " + (where.isEmpty() ? "" : where + ": ") + e.getMessage(), e);
        }
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw error(name, "is missing");
        }
        return value;
    }

    private JsonNode array(String name) {
        JsonNode value = required(name);
        if (!value.isArray()) {
            throw error(name, "must be an array [...], got " + shown(value));
        }
        return value;
    }

    private double number(String name, JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw error(name, "must be a finite number, got " + shown(value));
        }
        return value.doubleValue();
    }

    private double[] numbers(String name, JsonNode values, int count) {
        if (!values.isArray() || values.size() != count) {
            throw error(name, "must be " + count + " numbers [...], got " + shown(values));
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(name + "[" + i + "]", values.get(i));
        }
        return numbers;
    }

    private String at(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
