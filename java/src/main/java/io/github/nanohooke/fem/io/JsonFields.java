// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.structure.StructureException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A JSON object whose every complaint names the file and the path of the value, and the field that was meant. */
final class JsonFields {
    private final String source;
    private final String path;
    private final JsonNode node;

    JsonFields(String source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
        if (node == null || !node.isObject()) {
            throw error("", "must be an object {...}, got " + shown(node));
        }
    }

    /** @throws FemException when there is a field that is not among {@code allowed} */
    void allow(String... allowed) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!List.of(allowed).contains(name)) {
                throw error(name, "unknown field" + NearestName.hint(name, List.of(allowed)));
            }
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw error(name, "must be a text in quotes, got " + shown(value));
        }
        return value.textValue();
    }

    /** A text that is one of some. */
    String choice(String name, List<String> choices) {
        String value = text(name);
        if (!choices.contains(value)) {
            throw error(name, "there is no \"" + value + "\" here" + NearestName.hint(value, choices));
        }
        return value;
    }

    double number(String name) {
        return number(name, required(name));
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    int whole(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.get(name);
        if (!value.isInt()) {
            throw error(name, "must be a whole number, got " + shown(value));
        }
        return value.intValue();
    }

    /** An array of numbers, {@code count} of them, or any number for -1. */
    double[] numbers(String name, int count) {
        return numbers(name, required(name), count);
    }

    /** An array of {@code rows} arrays of {@code columns} numbers. */
    double[][] table(String name, int rows, int columns) {
        JsonNode value = required(name);
        if (!value.isArray() || value.size() != rows) {
            throw error(name, "must be " + rows + " rows [[...], ...], got " + shown(value));
        }
        double[][] table = new double[rows][];
        for (int i = 0; i < rows; i++) {
            table[i] = numbers(name + "[" + i + "]", value.get(i), columns);
        }
        return table;
    }

    int[] wholes(String name) {
        JsonNode values = required(name);
        if (!values.isArray()) {
            throw error(name, "must be whole numbers [...], got " + shown(values));
        }
        int[] wholes = new int[values.size()];
        for (int i = 0; i < wholes.length; i++) {
            if (!values.get(i).isInt()) {
                throw error(name + "[" + i + "]", "must be a whole number, got " + shown(values.get(i)));
            }
            wholes[i] = values.get(i).intValue();
        }
        return wholes;
    }

    JsonFields object(String name) {
        return new JsonFields(source, at(name), required(name));
    }

    /** An array of objects; none where the field is missing. */
    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        if (!has(name)) {
            return objects;
        }
        JsonNode value = node.get(name);
        if (!value.isArray()) {
            throw error(name, "must be an array [...], got " + shown(value));
        }
        for (JsonNode item : value) {
            objects.add(new JsonFields(source, at(name + "[" + objects.size() + "]"), item));
        }
        return objects;
    }

    /** An object of objects, by their names; none where the field is missing. */
    Map<String, JsonFields> named(String name) {
        Map<String, JsonFields> all = new LinkedHashMap<>();
        if (has(name)) {
            JsonFields object = object(name);
            object.names().forEach(n -> all.put(n, object.object(n)));
        }
        return all;
    }

    FemException error(String name, String message) {
        String where = at(name);
        return new FemException(source + ": " + (where.isEmpty() ? "the file" : where) + ": " + message);
    }

    /** Makes something of what was read; should it refuse, the complaint gets file and path. */
    <T> T build(String name, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (FemException | StructureException | IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String where = at(name);
            throw message.startsWith(source + ": ") ? new FemException(message, e)
                    : new FemException(source + ": " + (where.isEmpty() ? "" : where + ": ") + message, e);
        }
    }

    private JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw error(name, "is missing");
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
        if (!values.isArray() || (count >= 0 && values.size() != count)) {
            throw error(name, "must be " + (count < 0 ? "" : count + " ") + "numbers [...], got " + shown(values));
        }
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(name + "[" + i + "]", values.get(i));
        }
        return numbers;
    }

    private String at(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    private static String shown(JsonNode value) {
        String text = value == null || value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
