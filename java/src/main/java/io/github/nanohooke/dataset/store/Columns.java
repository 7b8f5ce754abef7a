// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.StructureMix;
import io.github.nanohooke.tensor.TensorFrame;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The table of a shard or a dataset in memory: one Java array for each {@link Column}, equally long. */
final class Columns implements TableWriter.Part {
    private final Map<Column, Object> arrays = new EnumMap<>(Column.class);
    private final int size;

    Columns(Map<Column, Object> arrays) {
        this.size = Array.getLength(arrays.get(Column.INDEX));
        this.arrays.putAll(arrays);
    }

    /** What columns are taken from. */
    record Source(DatasetPlan plan, List<Sample> samples) {

        /** Which sample of which family it is. */
        StructureMix.Place place(Sample sample) {
            return plan.mix().place(sample.index());
        }

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
    static Columns of(DatasetPlan plan, Collection<Sample> samples) {
        Source source = new Source(plan, new ArrayList<>(samples));
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            arrays.put(column, column.of(source));
        }
        return new Columns(arrays);
    }

    /** One table after the other. */
    static Columns concatenate(List<Columns> tables) {
        Map<Column, Object> arrays = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            arrays.put(column, concatenateArrays(tables.stream().map(table -> table.array(column)).toList()));
        }
        return new Columns(arrays);
    }

    /** @param parts arrays of one type, at least one */
    static Object concatenateArrays(List<Object> parts) {
        int total = parts.stream().mapToInt(Array::getLength).sum();
        Object whole = Array.newInstance(parts.get(0).getClass().getComponentType(), total);
        int at = 0;
        for (Object part : parts) {
            System.arraycopy(part, 0, whole, at, Array.getLength(part));
            at += Array.getLength(part);
        }
        return whole;
    }

    /** Number of samples. */
    int size() {
        return size;
    }

    @Override
    public Object array(Column column) {
        return arrays.get(column);
    }

    /** Whether two tables hold the same, bit for bit. */
    boolean sameAs(Columns other) {
        return differences(other).isEmpty();
    }

    /** The columns that are not the same, bit for bit. */
    List<Column> differences(Columns other) {
        return Arrays.stream(Column.values())
                .filter(column -> !Arrays.deepEquals(new Object[] {array(column)}, new Object[] {other.array(column)}))
                .toList();
    }

    /** A table of some samples of this one, one after the other. */
    Columns stretch(int from, int count) {
        Map<Column, Object> stretch = new EnumMap<>(Column.class);
        arrays.forEach((column, array) -> {
            Object some = Array.newInstance(array.getClass().getComponentType(), count);
            System.arraycopy(array, from, some, 0, count);
            stretch.put(column, some);
        });
        return new Columns(stretch);
    }

    /** The sample that row i was taken from. */
    Sample sample(int i, TensorFrame frame, double seconds) {
        return new Sample(number(Column.INDEX, i).longValue(), SampleStatus.ofCode(number(Column.STATUS, i).intValue()),
                text(Column.REASON, i), false,
                new Sample.Geometry(text(Column.PORES, i), real(Column.TARGET_POROSITY, i), real(Column.POROSITY, i),
                        real(Column.DISPERSION, i), number(Column.ATOMS, i).intValue(),
                        number(Column.SURFACE_ATOMS, i).intValue(), image(Column.IMAGE_DESIGNED, i),
                        matrix(Column.CELL_BEFORE, i)),
                new Sample.Measurement(text(Column.OUTCOME, i), text(Column.PATH, i),
                        flat(matrix(Column.TENSOR, i)), real(Column.SYMMETRY_RESIDUAL, i),
                        real(Column.RESIDUAL_STRESS, i), real(Column.MAX_FORCE, i), real(Column.ENERGY, i),
                        number(Column.EVALUATIONS, i).longValue(), real(Column.SMALLEST_PIVOT, i),
                        number(Column.CERTIFICATE, i).intValue(), real(Column.CERTIFICATE_PIVOT, i),
                        number(Column.ISLANDS, i).intValue(), number(Column.ISLAND_ATOMS, i).intValue(),
                        number(Column.OTHER_MINIMUM, i).intValue(), number(Column.RELAXED_CELLS, i).intValue(),
                        image(Column.IMAGE_RELAXED, i), matrix(Column.CELL_AFTER, i)),
                frame, seconds);
    }

    private Number number(Column column, int i) {
        return (Number) Array.get(array(column), i);
    }

    private double real(Column column, int i) {
        return number(column, i).doubleValue();
    }

    private String text(Column column, int i) {
        return (String) Array.get(array(column), i);
    }

    private double[][] matrix(Column column, int i) {
        return (double[][]) Array.get(array(column), i);
    }

    private byte[] image(Column column, int i) {
        return (byte[]) Array.get(array(column), i);
    }

    private static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    long[] indices() {
        return (long[]) arrays.get(Column.INDEX);
    }
}
