// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The image of an unrelaxed fcc crystal with pores from the columns that are left, and back: disks of half the distance
 * of nearest neighbours cover a column's place if and only if the column is there. Their disks are drawn once; for any
 * number of threads.
 */
final class DesignedImage {
    private final int width;
    private final int height;
    private final double constant;
    private final int pixels;
    private final double radius;
    private final String element;
    private final Cell cell;
    /** Of each column, what its disk covers, once it is known: only of columns that some image has. */
    private AtomicReferenceArray<int[]> disks;

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
        this.cell = Cell.orthogonal(width * constant / 2, height * constant / 2, constant);
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

    /** The image of these columns, one at least: what their disks cover, each by itself. */
    byte[] draw(boolean[] there) {
        AtomicReferenceArray<int[]> known = disks();
        byte[] image = new byte[StructureImage.packedBytes(pixels, pixels)];
        for (int k = 0; k < there.length; k++) {
            if (there[k]) {
                int[] disk = known.get(k);
                if (disk == null) {
                    disk = disk(k);
                    known.set(k, disk);
                }
                for (int bits : disk) {
                    image[bits >> Byte.SIZE] |= (byte) bits;
                }
            }
        }
        return image;
    }

    private synchronized AtomicReferenceArray<int[]> disks() {
        if (disks == null) {
            disks = new AtomicReferenceArray<>(columns());
        }
        return disks;
    }

    /** What the disk of one column covers: the places of its bytes, each with its bits in the lowest eight. */
    private int[] disk(int column) {
        double[] position = {column % width * (constant / 2), column / width * (constant / 2), 0};
        byte[] image = StructureImage.of(Atoms.of(element, cell, position), pixels, pixels, radius).packed();
        return IntStream.range(0, image.length).filter(at -> image[at] != 0)
                .map(at -> at << Byte.SIZE | image[at] & 0xff).toArray();
    }
}
