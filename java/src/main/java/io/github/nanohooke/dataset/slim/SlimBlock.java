// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.tensor.ConstantBasis;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Some samples that are compressed together: numbers byte plane by byte plane and deflated, images by
 * {@link BitmapCoder}. A block needs no other.
 */
final class SlimBlock {
    /** Samples, at most: what is learnt of images is worth little from fewer, and threads share out blocks. */
    static final int SIZE = 256;

    private static final int CONSTANTS = ConstantBasis.EXTRUDED.count();
    private static final int CELL = 9;
    /** index, source, source index, part, porosity, cut, constants, cell before, cell after. */
    private static final int BYTES = 8 + 1 + 8 + 1 + 8 + 1 + 4 * CONSTANTS + 8 * CELL + 4 * CELL;

    private SlimBlock() {
    }

    static byte[] numbers(List<SlimSample> samples, List<String> sources) {
        ByteBuffer rows = ByteBuffer.allocate(samples.size() * BYTES);
        for (SlimSample sample : samples) {
            rows.putLong(sample.index()).put((byte) sources.indexOf(sample.source())).putLong(sample.sourceIndex());
            rows.put(sample.part()).putDouble(sample.porosity()).put((byte) (sample.cut() ? 1 : 0));
            for (float constant : sample.constants()) {
                rows.putFloat(constant);
            }
            for (double length : sample.cellBefore()) {
                rows.putDouble(length);
            }
            for (float length : sample.cellAfter()) {
                rows.putFloat(length);
            }
        }
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(transposed(rows.array(), BYTES));
        deflater.finish();
        byte[] packed = new byte[rows.capacity() + rows.capacity() / 100 + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** Bytes of equal place one after the other, which compress better among their like. */
    private static byte[] transposed(byte[] bytes, int columns) {
        byte[] result = new byte[bytes.length];
        int rows = bytes.length / columns;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                result[c * rows + r] = bytes[r * columns + c];
            }
        }
        return result;
    }

    static byte[] images(List<SlimSample> samples, int size, DesignedImage designs) {
        RangeEncoder encoder = new RangeEncoder();
        BitmapCoder code = new BitmapCoder(size);
        byte[] blank = new byte[StructureImage.packedBytes(size, size)];
        for (SlimSample sample : samples) {
            boolean[] columns = designs.columnsOf(sample.designed());
            boolean byColumns = isSome(columns) && Arrays.equals(designs.draw(columns), sample.designed());
            if (code.flag(encoder, byColumns)) {
                code.columns(encoder, columns, designs.width());
            } else {
                code.image(encoder, sample.designed().clone(), blank);
            }
            code.image(encoder, sample.relaxed().clone(), sample.designed());
        }
        return encoder.finish();
    }

    private static boolean isSome(boolean[] columns) {
        for (boolean column : columns) {
            if (column) {
                return true;
            }
        }
        return false;
    }

    /**
     * The samples of a block without their images.
     *
     * @throws FileFormatException when it is none
     */
    static List<SlimSample> readNumbers(byte[] packed, int count, SlimHeader header, String where) {
        byte[] planes = new byte[count * BYTES];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int length = inflater.inflate(planes);
            byte[] beyond = new byte[1];
            if (length != planes.length || inflater.inflate(beyond) != 0 || !inflater.finished()
                    || inflater.getRemaining() != 0) {
                throw new FileFormatException(where + " has not the numbers of " + count + " samples");
            }
        } catch (DataFormatException e) {
            throw new FileFormatException(where + " has numbers that are not compressed as they should be: "
                    + e.getMessage(), e);
        } finally {
            inflater.end();
        }
        ByteBuffer rows = ByteBuffer.wrap(transposed(planes, count));
        List<SlimSample> samples = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                samples.add(sample(rows, header, where));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a block's numbers have " + BYTES + " bytes a sample", e);
        }
        return samples;
    }

    private static SlimSample sample(ByteBuffer rows, SlimHeader header, String where) {
        long index = rows.getLong();
        int source = rows.get() & 0xff;
        long sourceIndex = rows.getLong();
        byte part = rows.get();
        double porosity = rows.getDouble();
        byte cut = rows.get();
        float[] constants = new float[CONSTANTS];
        boolean finite = true;
        for (int k = 0; k < CONSTANTS; k++) {
            constants[k] = rows.getFloat();
            finite &= Float.isFinite(constants[k]);
        }
        double[] before = new double[CELL];
        for (int k = 0; k < CELL; k++) {
            before[k] = rows.getDouble();
        }
        float[] after = new float[CELL];
        for (int k = 0; k < CELL; k++) {
            after[k] = rows.getFloat();
        }
        if (index < 0 || source >= header.sources().size() || sourceIndex < 0 || part < 0 || part > 2 || cut < 0
                || cut > 1 || !(porosity >= 0 && porosity <= 100) || !finite) {
            throw new FileFormatException(where + ": sample " + index + " has a number out of range");
        }
        return new SlimSample(index, header.sources().get(source), sourceIndex, part, porosity, cut == 1, constants,
                before, after, null, null);
    }

    /**
     * The images of a block: designed and relaxed of each sample.
     *
     * @throws FileFormatException when the bytes are none of so many images
     */
    static byte[][][] readImages(byte[] packed, int count, int size, DesignedImage designs, String where) {
        try {
            return readImages(new RangeDecoder(packed, 0, packed.length), count, size, designs, where);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new FileFormatException(where + " has images that are not coded as they should be", e);
        }
    }

    private static byte[][][] readImages(RangeDecoder decoder, int count, int size, DesignedImage designs,
            String where) {
        BitmapCoder code = new BitmapCoder(size);
        int bytes = StructureImage.packedBytes(size, size);
        byte[] blank = new byte[bytes];
        byte[][][] images = new byte[2][count][];
        for (int i = 0; i < count; i++) {
            if (code.flag(decoder, false)) {
                boolean[] columns = new boolean[designs.columns()];
                code.columns(decoder, columns, designs.width());
                if (!isSome(columns)) {
                    throw new FileFormatException(where + ": a design without a single column");
                }
                images[0][i] = designs.draw(columns);
            } else {
                images[0][i] = new byte[bytes];
                code.image(decoder, images[0][i], blank);
            }
            images[1][i] = new byte[bytes];
            code.image(decoder, images[1][i], images[0][i]);
        }
        if (!decoder.isAtEnd()) {
            throw new FileFormatException(where + " has other bytes of images than " + count + " samples take");
        }
        return images;
    }
}
