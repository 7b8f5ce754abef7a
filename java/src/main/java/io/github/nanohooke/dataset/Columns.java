// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The table of a shard or a dataset in memory: one Java array for each {@link Column}, equally long. */
final class Columns {
    private final Map<Column, Object> arrays = new EnumMap<>(Column.class);
    private final int size;

    Columns(Map<Column, Object> arrays) {
        this.size = Array.getLength(arrays.get(Column.INDEX));
        this.arrays.putAll(arrays);
    }

    /** What columns are taken from. */
    record Source(long seed, List<Sample> samples) {

        byte[] bytes(Function<Sample, Byte> value) {
            byte[] column = new byte[samples.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = value.apply(samples.get(i));
            }
            return column;
        }

        long[] longs(ToLongFunction<Sample> value) {
            return samples.stream().mapToLong(value).toArray();
        }

        byte[][] images(Function<Sample, byte[]> value) {
            return samples.stream().map(value).toArray(byte[][]::new);
        }

        int[] integers(ToIntFunction<Sample> value) {
            return samples.stream().mapToInt(value).toArray();
        }

        double[] doubles(ToDoubleFunction<Sample> value) {
            return samples.stream().mapToDouble(value).toArray();
        }

        String[] texts(Function<Sample, String> value) {
            return samples.stream().map(value).toArray(String[]::new);
        }
    }

    /** @param samples in ascending order of index */
    static Columns of(long seed, Collection<Sample> samples) {
        Source source = new Source(seed, new ArrayList<>(samples));
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            arrays.put(column, column.of(source));
        }
        return new Columns(arrays);
    }

    /** One table after the other. */
    static Columns concatenate(List<Columns> tables) {
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        int total = tables.stream().mapToInt(Columns::size).sum();
        for (Column column : Column.values()) {
            Object whole = Array.newInstance(tables.get(0).array(column).getClass().getComponentType(), total);
            int at = 0;
            for (Columns table : tables) {
                System.arraycopy(table.array(column), 0, whole, at, table.size);
                at += table.size;
            }
            arrays.put(column, whole);
        }
        return new Columns(arrays);
    }

    /** Number of samples. */
    int size() {
        return size;
    }

    Object array(Column column) {
        return arrays.get(column);
    }

    long[] longs(Column column) {
        return (long[]) arrays.get(column);
    }

    int[] integers(Column column) {
        return (int[]) arrays.get(column);
    }

    byte[] bytes(Column column) {
        return (byte[]) arrays.get(column);
    }

    double[] doubles(Column column) {
        return (double[]) arrays.get(column);
    }

    String[] texts(Column column) {
        return (String[]) arrays.get(column);
    }

    double[][] constants() {
        return (double[][]) arrays.get(Column.CONSTANTS);
    }

    double[][][] tensors() {
        return (double[][][]) arrays.get(Column.TENSOR);
    }

    byte[][] images(Column column) {
        return (byte[][]) arrays.get(column);
    }
}
