// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.surrogate.SurrogateException;
import java.util.Map;
import java.util.Objects;

/** Records in the metadata of model files and checkpoints. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and texts can always be written", e);
        }
    }

    /**
     * @param what names the text in the message
     * @throws SurrogateException when the text is not what it should be
     */
    public static <T> T read(String what, String json, Class<T> type) {
        return read(what, json, MAPPER.constructType(type));
    }

    /** As {@link #read(String, String, Class)}, for a map from texts to values of one type. */
    public static <V> Map<String, V> readMap(String what, String json, Class<V> values) {
        Map<String, V> map = read(what, json, MAPPER.getTypeFactory().constructMapType(Map.class, String.class,
                values));
        map.forEach((name, value) -> {
            if (value == null) {
                throw new SurrogateException(what + " has no value for " + name);
            }
        });
        return map;
    }

    /**
     * As {@link #readMap(String, String, Class)}, of records.
     *
     * @param missing the values of fields that earlier versions did not write
     */
    public static <V> Map<String, V> readMap(String what, String json, Class<V> values, Map<String, ?> missing) {
        Map<String, ObjectNode> nodes = read(what, json, MAPPER.getTypeFactory().constructMapType(Map.class,
                String.class, ObjectNode.class));
        nodes.values().stream().filter(Objects::nonNull).forEach(node -> complete(node, missing));
        return readMap(what, write(nodes), values);
    }

    /**
     * As {@link #read(String, String, Class)}, of a record that has a list of records.
     *
     * @param list    the list's name
     * @param missing the values of fields of its records that earlier versions did not write
     */
    public static <T> T read(String what, String json, Class<T> type, String list, Map<String, ?> missing) {
        ObjectNode node = read(what, json, ObjectNode.class);
        node.path(list).forEach(item -> {
            if (item instanceof ObjectNode each) {
                complete(each, missing);
            }
        });
        return read(what, write(node), type);
    }

    private static void complete(ObjectNode node, Map<String, ?> missing) {
        missing.forEach((field, value) -> {
            if (!node.has(field)) {
                node.set(field, MAPPER.valueToTree(value));
            }
        });
    }

    private static <T> T read(String what, String json, JavaType type) {
        if (json == null) {
            throw new SurrogateException(what + " is missing");
        }
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new SurrogateException(what + " is null");
            }
            return value;
        } catch (ValueInstantiationException e) {
            throw new SurrogateException(what + ": " + (e.getCause() instanceof NullPointerException ? "a value is null"
                    : e.getCause().getMessage()), e);
        } catch (JsonProcessingException e) {
            throw new SurrogateException(what + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
