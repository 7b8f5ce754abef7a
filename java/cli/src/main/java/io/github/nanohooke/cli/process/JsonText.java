// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * JSON on one line, as the commands print it. JSON has no NaN and no infinity: a number that is not known, or that is
 * none, is null, as everything else that is not there.
 */
public final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new SimpleModule("finite numbers")
            .addSerializer(double.class, new Numbers()).addSerializer(Double.class, new Numbers())
            .addSerializer(double[].class, new Arrays()));

    private JsonText() {
    }

    public static String of(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of numbers and text always have a JSON form", e);
        }
    }

    private static void write(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private static final class Numbers extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            write(value, json);
        }
    }

    private static final class Arrays extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (double value : values) {
                write(value, json);
            }
            json.writeEndArray();
        }
    }
}
