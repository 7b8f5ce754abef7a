// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Puts structure images into a batch of bits for the networks ({@link io.github.nanohooke.nn.ImageBatch}), on the way
 * transformed and shifted, in one pass and without an image in between.
 */
final class ImagePacking {
    private final int size;
    private final int stride;
    /** The source image, one byte a pixel. */
    private final byte[] pixels;
    /** Where, along a row of the result, the source's pixels lie relative to that of the row's first column. */
    private final int[] along;

    /** @param size pixels along an edge of the square images */
    ImagePacking(int size) {
        this.size = size;
        this.stride = (size + 7) / 8;
        this.pixels = new byte[size * size];
        this.along = new int[size];
    }

    /** Bytes of one image. */
    int bytes() {
        return size * stride;
    }

    /**
     * Writes image.transformed(symmetry).shifted(rows, columns) to its place in a batch, in one pass.
     *
     * @throws io.github.nanohooke.image.ImageException when the image has another size
     */
    void put(StructureImage image, SquareSymmetry symmetry, int rows, int columns, byte[] batch, int index) {
        unpack(image.requireResolution(size).packed());
        SquareSymmetry back = symmetry.inverse();
        int step = back.xx() - back.yx() * size;
        for (int column = 0; column < size; column++) {
            along[Math.floorMod(column + columns, size)] = column * step;
        }
        for (int row = 0; row < size; row++) {
            // Twice the distance of pixel (row, 0) of the transformed image from the middle, right and upwards.
            int x = 1 - size;
            int y = size - 1 - 2 * row;
            int sourceColumn = (back.xx() * x + back.xy() * y + size - 1) / 2;
            int sourceRow = (size - 1 - back.yx() * x - back.yy() * y) / 2;
            packRow(sourceRow * size + sourceColumn, batch,
                    index * bytes() + Math.floorMod(row + rows, size) * stride);
        }
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
