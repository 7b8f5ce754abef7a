// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.image.StructureImage;

/**
 * Images as datasets and networks hold them: one bit per pixel, 1 for solid, rows from the top (largest y). Pixel
 * (row, column) is bit column % 8, least significant first, of byte row * ((width + 7) / 8) + column / 8. In numpy:
 * {@code numpy.unpackbits(image, bitorder='little').reshape(height, width)}.
 */
final class PackedImage {

    private PackedImage() {
    }

    /** Bytes of a square image. */
    static int bytes(int size) {
        return (size + 7) / 8 * size;
    }

    static byte[] of(StructureImage image) {
        int stride = (image.width() + 7) / 8;
        byte[] bits = new byte[stride * image.height()];
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                if (image.solid(row, column)) {
                    bits[row * stride + column / 8] |= (byte) (1 << column % 8);
                }
            }
        }
        return bits;
    }
}
