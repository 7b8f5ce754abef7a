// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nanohooke.NanohookeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A JSON object read with care: no name twice, nothing behind its end, comments allowed; every complaint names the
 * file, the path of the value, and the field that was probably meant.
 */
public final class JsonFields {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    private final String source;
    private final String path;
    private final JsonNode node;
    private final Complaint complaint;

    /** Makes the exception of the subject whose file it is. */
    @FunctionalInterface
    public interface Complaint {
        NanohookeException of(String message, Throwable cause);
    }

    private JsonFields(String source, String path, JsonNode node, Complaint complaint) {
        this.source = source;
        this.path = path;
        this.node = node;
        this.complaint = complaint;
        if (node == null || !node.isObject()) {
            throw error("", "must be an object {...}, got " + shown(node));
        }
    }

    /**
     * The object that a text is.
     *
     * @param source    name of the file, for messages
     * @param complaint what to throw where it is no JSON, or a value is not what it should be
     */
    public static JsonFields parse(String json, String source, Complaint complaint) {
        try {
            return new JsonFields(source, "", JSON.readTree(ByteOrderMark.without(json)), complaint);
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage().startsWith("Non-standard token")
                    ? "NaN and infinity are no numbers here" : e.getOriginalMessage();
            throw complaint.of(source + ": " + place(e) + "not valid JSON: " + what, e);
        }
    }

    /** Where a text is no JSON, for messages, as "line 3, column 14: "; empty where the reader does not tell. */
    public static String place(JsonProcessingException e) {
        // Limits of its own, of digits or depth, come without one.
        return e.getLocation() == null ? ""
                : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ": ";
    }

    /** Complains where there is a field that is not among these. */
    public void allow(String... allowed) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!List.of(allowed).contains(name)) {
                throw error(name, "unknown field" + NearestName.hint(name, List.of(allowed)));
            }
        }
    }

    public boolean has(String name) {
        return node.has(name);
    }

    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public String text(String name) {
        return text(name, required(name));
    }

    private String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw error(name, "must be a text in quotes, got " + shown(value));
        }
        return value.textValue();
    }

    /** A text that is one of some. */
    public String choice(String name, List<String> choices) {
        String value = text(name);
        if (!choices.contains(value)) {
            throw error(name, "there is no \"" + value + "\" here" + NearestName.hint(value, choices));
        }
        return value;
    }

    public double number(String name) {
        return number(name, required(name));
    }

    public double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    public int whole(String name) {
        return whole(name, required(name));
    }

    public int whole(String name, int otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    /** A whole number of 64 bits. */
    public long longWhole(String name) {
        JsonNode value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw error(name, "must be a whole number, got " + shown(value));
        }
        return value.longValue();
    }

    public boolean truth(String name) {
        JsonNode value = required(name);
        if (!value.isBoolean()) {
            throw error(name, "must be true or false, got " + shown(value));
        }
        return value.booleanValue();
    }

    /** The name of one of an enumeration's constants. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, choice(name, Arrays.stream(type.getEnumConstants()).map(Enum::name).toList()));
    }

    public boolean isNull(String name) {
        return required(name).isNull();
    }

    /** An array of texts. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(name)) {
            texts.add(text(name + "[" + texts.size() + "]", item));
        }
        return texts;
    }

    /** An array of numbers, {@code count} of them, or any number for -1. */
    public double[] numbers(String name, int count) {
        return numbers(name, required(name), count);
    }

    /** An array of arrays of {@code count} numbers each. */
    public List<double[]> rows(String name, int count) {
        List<double[]> rows = new ArrayList<>();
        for (JsonNode row : array(name)) {
            rows.add(numbers(name + "[" + rows.size() + "]", row, count));
        }
        return rows;
    }

    /** An array of {@code rows} arrays of {@code columns} numbers. */
    public double[][] table(String name, int rows, int columns) {
        JsonNode value = required(name);
        if (!value.isArray() || value.size() != rows) {
            throw error(name, "must be " + rows + " rows [[...], ...], got " + shown(value));
        }
        return rows(name, columns).toArray(double[][]::new);
    }

    /** An array of whole numbers, {@code count} of them, or any number for -1. */
    public int[] wholes(String name, int count) {
        JsonNode values = required(name);
        if (!values.isArray() || (count >= 0 && values.size() != count)) {
            throw error(name, "must be " + (count < 0 ? "" : count + " ") + "whole numbers [...], got "
                    + shown(values));
        }
        int[] wholes = new int[values.size()];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = whole(name + "[" + i + "]", values.get(i));
        }
        return wholes;
    }

    public JsonFields object(String name) {
        return new JsonFields(source, at(name), required(name), complaint);
    }

    /** An array of objects; none where the field is missing. */
    public List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        if (has(name)) {
            for (JsonNode item : array(name)) {
                objects.add(new JsonFields(source, at(name + "[" + objects.size() + "]"), item, complaint));
            }
        }
        return objects;
    }

    /** An object of objects, by their names; none where the field is missing. */
    public Map<String, JsonFields> named(String name) {
        Map<String, JsonFields> all = new LinkedHashMap<>();
        if (has(name)) {
            JsonFields object = object(name);
            object.names().forEach(n -> all.put(n, object.object(n)));
        }
        return all;
    }

    /** A complaint about a field. */
    public NanohookeException error(String name, String message) {
        String where = at(name);
        return complaint.of(source + ": " + (where.isEmpty() ? "the file" : where) + ": " + message, null);
    }

    /** Makes something of what was read; should it refuse, the complaint gets file and path. */
    public <T> T build(String name, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (NanohookeException | IllegalArgumentException e) {
            if (e instanceof NanohookeException foreseen && foreseen.fault() != NanohookeException.Fault.INPUT) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            String where = at(name);
            throw complaint.of(message.startsWith(source + ": ") ? message
                    : source + ": " + (where.isEmpty() ? "" : where + ": ") + message, e);
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

    private int whole(String name, JsonNode value) {
        if (!value.isInt()) {
            throw error(name, "must be a whole number, got " + shown(value));
        }
        return value.intValue();
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
