// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import io.github.nanohooke.nn.NetworkException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An array as it lies in a {@link Safetensors} file.
 *
 * @param type  of its values
 * @param shape row-major; empty for a single number
 * @param data  the values, little-endian
 */
public record Tensor(Type type, List<Long> shape, byte[] data) {

    /** Types of values that are read and written, with the names of the file format. */
    public enum Type {
        F64(8), F32(4), F16(2), I64(8), U8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one value. */
        public int bytes() {
            return bytes;
        }
    }

    /** @throws IllegalArgumentException when the data is not as long as type and shape say */
    public Tensor {
        shape = List.copyOf(shape);
        if (count(shape) * type.bytes() != data.length) {
            throw new IllegalArgumentException("a tensor " + type + " of shape " + shape + " takes "
                    + count(shape) * type.bytes() + " bytes, got " + data.length);
        }
    }

    /** Single precision values of that shape. */
    public static Tensor ofFloats(List<Long> shape, float[] values) {
        ByteBuffer buffer = allocate(values.length, Type.F32);
        buffer.asFloatBuffer().put(values);
        return new Tensor(Type.F32, shape, buffer.array());
    }

    /** The values rounded to half precision. A value beyond its range becomes infinite. */
    public static Tensor ofHalves(List<Long> shape, float[] values) {
        ByteBuffer buffer = allocate(values.length, Type.F16);
        for (float value : values) {
            buffer.putShort(HalfPrecision.fromFloat(value));
        }
        return new Tensor(Type.F16, shape, buffer.array());
    }

    /** Double precision values of that shape. */
    public static Tensor ofDoubles(List<Long> shape, double[] values) {
        ByteBuffer buffer = allocate(values.length, Type.F64);
        buffer.asDoubleBuffer().put(values);
        return new Tensor(Type.F64, shape, buffer.array());
    }

    /** Number of values. */
    public int count() {
        return data.length / type.bytes();
    }

    /** The values of a tensor of F32 or F16. */
    public float[] floats() {
        float[] values = new float[count()];
        floats(values, 0);
        return values;
    }

    /** As {@link #floats()}, into a part of an array that begins there. */
    public void floats(float[] values, int from) {
        switch (type) {
            case F32 -> buffer().asFloatBuffer().get(values, from, count());
            case F16 -> HalfPrecision.toFloats(data, values, from, count());
            default -> throw new NetworkException("a tensor of " + type + " cannot be read as single precision");
        }
    }

    /** The values of a tensor of any floating type. */
    public double[] doubles() {
        double[] values = new double[count()];
        if (type == Type.F64) {
            buffer().asDoubleBuffer().get(values);
        } else {
            float[] floats = floats();
            Arrays.setAll(values, i -> floats[i]);
        }
        return values;
    }

    static long count(List<Long> shape) {
        long count = 1;
        for (long side : shape) {
            if (side < 0) {
                throw new IllegalArgumentException("shape " + shape + " has a negative side");
            }
            count = Math.multiplyExact(count, side);
        }
        return count;
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer allocate(int values, Type type) {
        return ByteBuffer.allocate(Math.multiplyExact(values, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
