// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;

/**
 * The written form of a {@link NetworkDefinition}, for example
 * <pre>{@code
 * {"name": "small", "input": {"channels": 1, "height": 32, "width": 32},
 *  "layers": [{"type": "convolution", "kernel": 20, "outputs": 6, "padding": "periodic"}, {"type": "relu"},
 *             {"type": "max_pool"}, {"type": "dense", "outputs": 13}]}
 * }</pre>
 */
public final class DefinitionJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private DefinitionJson() {
    }

    /** One line of JSON. */
    public static String write(NetworkDefinition definition) {
        try {
            return MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of numbers and names can always be written", e);
        }
    }

    /** @throws NetworkException when the text is no JSON, lacks something, has something unknown, or does not fit */
    public static NetworkDefinition read(String json) {
        try {
            NetworkDefinition definition = MAPPER.readValue(json, NetworkDefinition.class);
            if (definition == null) {
                throw new NetworkException("a network definition must be a JSON object, got null");
            }
            return definition;
        } catch (ValueInstantiationException e) {
            if (e.getCause() instanceof NetworkException reason) {
                throw reason;
            }
            throw new NetworkException("network definition: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new NetworkException("network definition cannot be read: " + JsonFields.place(e)
                    + e.getOriginalMessage(), e);
        }
    }
}
