// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes numpy's NPZ: a ZIP of NPY arrays (numpy.lib.format, version 1.0), little-endian and row-major. The same arrays
 * give the same bytes.
 */
public final class Npz {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    /** ZIP knows no times before. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;

    public Npz(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /**
     * Adds an array, which becomes {@code numpy.load(file)[name]}.
     *
     * @param array    a rectangular array of byte, int, long, double or String; text becomes numpy's bytes, UTF-8
     * @param unsigned for bytes: whether they count from 0 to 255
     */
    public void add(String name, Object array, boolean unsigned) throws IOException {
        int[] shape = shape(array);
        int width = array instanceof String[] texts ? width(texts) : 0;
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(header(type(array, unsigned, width), shape));
        write(array, width, zip);
        zip.closeEntry();
    }

    private static int[] shape(Object array) {
        IntStream.Builder shape = IntStream.builder();
        Object inner = array;
        while (inner.getClass().isArray()) {
            int length = Array.getLength(inner);
            shape.add(length);
            if (length == 0 || inner.getClass().getComponentType().isPrimitive()) {
                break;
            }
            inner = Array.get(inner, 0);
        }
        return shape.build().toArray();
    }

    private static int width(String[] texts) {
        return Math.max(1,
                Arrays.stream(texts).mapToInt(t -> t.getBytes(StandardCharsets.UTF_8).length).max().orElse(1));
    }

    private static String type(Object array, boolean unsigned, int width) {
        Class<?> leaf = array.getClass();
        while (leaf.isArray()) {
            leaf = leaf.getComponentType();
        }
        if (leaf == byte.class) {
            return unsigned ? "|u1" : "|i1";
        } else if (leaf == int.class) {
            return "<i4";
        } else if (leaf == long.class) {
            return "<i8";
        } else if (leaf == double.class) {
            return "<f8";
        } else if (leaf == String.class) {
            return "|S" + width;
        }
        throw new IllegalArgumentException("no NPY form for arrays of " + leaf);
    }

    private static byte[] header(String type, int[] shape) {
        String dimensions = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dimensions + "), }";
        int unpadded = MAGIC.length + 2 + text.length() + 1;
        int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        text += " ".repeat(padded - unpadded) + "\n";
        return ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII)).array();
    }

    private static void write(Object array, int width, OutputStream out) throws IOException {
        if (array instanceof byte[] bytes) {
            out.write(bytes);
        } else if (array instanceof int[] integers) {
            ByteBuffer buffer = littleEndian(4L * integers.length);
            buffer.asIntBuffer().put(integers);
            out.write(buffer.array());
        } else if (array instanceof long[] longs) {
            ByteBuffer buffer = littleEndian(8L * longs.length);
            buffer.asLongBuffer().put(longs);
            out.write(buffer.array());
        } else if (array instanceof double[] doubles) {
            ByteBuffer buffer = littleEndian(8L * doubles.length);
            buffer.asDoubleBuffer().put(doubles);
            out.write(buffer.array());
        } else if (array instanceof String[] texts) {
            for (String text : texts) {
                out.write(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), width));
            }
        } else {
            for (Object inner : (Object[]) array) {
                write(inner, width, out);
            }
        }
    }

    private static ByteBuffer littleEndian(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes the end of the ZIP; the stream is the caller's. */
    public void finish() throws IOException {
        zip.finish();
    }
}
