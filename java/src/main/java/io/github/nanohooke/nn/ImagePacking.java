// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Puts square binary images into a batch of bits ({@link ImageBatch}), on the way transformed and shifted, in one pass
 * and without an image in between. Not for several threads at once.
 */
public final class ImagePacking {
    private final int size;
    private final int stride;
    /** The source image, one byte a pixel. */
    private final byte[] pixels;
    /** Where, along a row of the result, the source's pixels lie relative to that of the row's first column. */
    private final int[] along;

    /** @param size pixels along an edge of the square images */
    public ImagePacking(int size) {
        this.size = size;
        this.stride = (size + 7) / 8;
        this.pixels = new byte[size * size];
        this.along = new int[size];
    }

    /** Bytes of one image. */
    public int bytes() {
        return size * stride;
    }

    /**
     * Writes an image, moved by a symmetry about its middle and then shifted around the periodic cell, to its place in
     * a batch.
     *
     * @param packed  the image, {@link #bytes()} bytes; read only
     * @param rows    shift downwards
     * @param columns shift to the right
     */
    public void put(byte[] packed, SquareSymmetry symmetry, int rows, int columns, byte[] batch, int index) {
        if (symmetry == SquareSymmetry.IDENTITY && rows == 0 && columns == 0) {
            System.arraycopy(packed, 0, batch, index * bytes(), bytes());
            return;
        }
        unpack(packed);
        SquareSymmetry back = symmetry.inverse();
        int step = step(back);
        for (int column = 0; column < size; column++) {
            along[Math.floorMod(column + columns, size)] = column * step;
        }
        for (int row = 0; row < size; row++) {
            packRow(firstSource(back, row), batch, index * bytes() + Math.floorMod(row + rows, size) * stride);
        }
    }

    /**
     * The chain rule through {@link #put} without a shift: adds the derivatives by the pixels of the transformed image
     * to those by the pixels of the image itself.
     *
     * @param transformed [row][column], from an offset
     * @param sum         [row][column]
     */
    public void addBack(float[] transformed, int offset, SquareSymmetry symmetry, double[] sum) {
        SquareSymmetry back = symmetry.inverse();
        int step = step(back);
        for (int row = 0; row < size; row++) {
            int first = firstSource(back, row);
            for (int column = 0; column < size; column++) {
                sum[first + column * step] += transformed[offset + row * size + column];
            }
        }
    }

    /** How far apart the source's pixels lie that go to neighbours of one row. */
    private int step(SquareSymmetry back) {
        return back.xx() - back.yx() * size;
    }

    /** The source's pixel that goes to the first of a row of the transformed image. */
    private int firstSource(SquareSymmetry back, int row) {
        // Twice the distance of pixel (row, 0) of the transformed image from the middle, right and upwards.
        int x = 1 - size;
        int y = size - 1 - 2 * row;
        int sourceColumn = (back.xx() * x + back.xy() * y + size - 1) / 2;
        int sourceRow = (size - 1 - back.yx() * x - back.yy() * y) / 2;
        return sourceRow * size + sourceColumn;
    }

    private void unpack(byte[] packed) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                pixels[row * size + column] = (byte) (packed[row * stride + (column >> 3)] >> (column & 7) & 1);
            }
        }
    }

    private void packRow(int source, byte[] batch, int target) {
        for (int from = 0; from < size; from += 8) {
            int eight = 0;
            int to = Math.min(from + 8, size);
            for (int column = from; column < to; column++) {
                eight |= pixels[source + along[column]] << column - from;
            }
            batch[target + from / 8] = (byte) eight;
        }
    }
}
