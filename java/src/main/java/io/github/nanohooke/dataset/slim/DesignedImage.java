// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;

/**
 * The image of an unrelaxed fcc crystal with pores from the columns that are left, and back: disks of half the distance
 * of nearest neighbours cover a column's place if and only if the column is there.
 */
final class DesignedImage {
    private final int width;
    private final int height;
    private final double constant;
    private final int pixels;
    private final double radius;
    private final String element;

    /**
     * @param cellsX   cubic cells along x
     * @param constant edge of a cubic cell [Å]
     * @param pixels   along an edge of the image
     * @param radius   of the disks [Å]
     */
    DesignedImage(String element, int cellsX, int cellsY, double constant, int pixels, double radius) {
        this.element = element;
        this.width = 2 * cellsX;
        this.height = 2 * cellsY;
        this.constant = constant;
        this.pixels = pixels;
        this.radius = radius;
    }

    /** Columns along x. */
    int width() {
        return width;
    }

    /** All columns, there or not. */
    int columns() {
        return width * height;
    }

    /** Which columns an image shows: those whose place, half way up to a pixel, is solid. */
    boolean[] columnsOf(byte[] packed) {
        StructureImage image = StructureImage.fromPacked(pixels, pixels, packed);
        boolean[] there = new boolean[width * height];
        for (int j = 0; j < height; j++) {
            int row = pixels - 1 - (int) ((long) j * pixels / height);
            for (int i = 0; i < width; i++) {
                there[j * width + i] = image.solid(row, (int) ((long) i * pixels / width));
            }
        }
        return there;
    }

    /** The image of these columns, one at least. */
    byte[] draw(boolean[] there) {
        int count = 0;
        for (boolean column : there) {
            count += column ? 1 : 0;
        }
        double[] positions = new double[3 * count];
        int n = 0;
        for (int k = 0; k < there.length; k++) {
            if (there[k]) {
                positions[n] = k % width * (constant / 2);
                positions[n + 1] = k / width * (constant / 2);
                n += 3;
            }
        }
        Atoms atoms = Atoms.of(element, Cell.orthogonal(width * constant / 2, height * constant / 2, constant),
                positions);
        return StructureImage.of(atoms, pixels, pixels, radius).packed();
    }
}
