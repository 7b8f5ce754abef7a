// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Arrays;

/**
 * Brings structure images into the bit order of the networks ({@link io.github.nanohooke.nn.ImageBatch}: least
 * significant bit first, a set bit is solid), on the way transformed and shifted. {@link StructureImage#packed()} has
 * the most significant bit first.
 */
final class ImagePacking {
    private final int size;
    private final int stride;

    /** @param size pixels along an edge of the square images */
    ImagePacking(int size) {
        this.size = size;
        this.stride = (size + 7) / 8;
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
        byte[] source = image.requireResolution(size).packed();
        int start = index * bytes();
        Arrays.fill(batch, start, start + bytes(), (byte) 0);
        SquareSymmetry back = symmetry.inverse();
        for (int row = 0; row < size; row++) {
            // Twice the distance of pixel (row, 0) of the transformed image from the middle, right and upwards.
            int x = 1 - size;
            int y = size - 1 - 2 * row;
            int sourceColumn = (back.xx() * x + back.xy() * y + size - 1) / 2;
            int sourceRow = (size - 1 - back.yx() * x - back.yy() * y) / 2;
            int target = start + Math.floorMod(row + rows, size) * stride;
            int to = Math.floorMod(columns, size);
            for (int column = 0; column < size; column++) {
                int bit = source[sourceRow * stride + (sourceColumn >> 3)] >> 7 - (sourceColumn & 7) & 1;
                batch[target + (to >> 3)] |= (byte) (bit << (to & 7));
                sourceColumn += back.xx();
                sourceRow -= back.yx();
                to = to + 1 == size ? 0 : to + 1;
            }
        }
    }
}
