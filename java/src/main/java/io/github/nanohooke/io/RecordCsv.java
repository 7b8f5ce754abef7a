// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Records as comma-separated values: a column for each component, those of records within records in turn. */
public final class RecordCsv {
    private RecordCsv() {
    }

    /**
     * A line of headings, then one for each row; numbers in full precision, text in double quotes, nothing for
     * {@code null}.
     */
    public static <R extends Record> String of(Class<R> type, List<R> rows) {
        List<String> headings = new ArrayList<>();
        headings(type, "", headings);
        StringBuilder text = new StringBuilder(Csv.line(headings));
        for (R row : rows) {
            List<Object> fields = new ArrayList<>();
            fields(row, fields);
            text.append(Csv.line(fields));
        }
        return text.toString();
    }

    private static void headings(Class<?> type, String prefix, List<String> headings) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                headings(component.getType(), name + "_", headings);
            } else {
                headings.add(name);
            }
        }
    }

    private static void fields(Record row, List<Object> fields) {
        for (RecordComponent component : row.getClass().getRecordComponents()) {
            Object value = value(row, component);
            if (value instanceof Record inner) {
                fields(inner, fields);
            } else {
                fields.add(value instanceof String text ? Csv.quoted(text) : Objects.toString(value, ""));
            }
        }
    }

    private static Object value(Record row, RecordComponent component) {
        try {
            return component.getAccessor().invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(row.getClass() + " must be public to become a table", e);
        }
    }
}
