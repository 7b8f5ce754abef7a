// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

/**
 * Pixels of a periodic image, to be shrunk and grown by disks: the erosion keeps the pixels whose disk is all solid,
 * the dilation adds those whose disk touches solid, and the opening, an erosion and then a dilation, keeps the part of
 * the solid that disks lying in it cover. A disk of radius R holds the pixels whose centre is at most R pixels away.
 */
final class Morphology {
    private final int width;
    private final int height;
    /** 1 for solid, rows from the top. */
    private final byte[] solid;

    private Morphology(int width, int height, byte[] solid) {
        this.width = width;
        this.height = height;
        this.solid = solid;
    }

    static Morphology of(StructureImage image) {
        byte[] solid = new byte[image.width() * image.height()];
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                solid[row * image.width() + column] = (byte) (image.solid(row, column) ? 1 : 0);
            }
        }
        return new Morphology(image.width(), image.height(), solid);
    }

    boolean solid(int row, int column) {
        return solid[row * width + column] != 0;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Number of solid pixels. */
    int count() {
        int count = 0;
        for (byte pixel : solid) {
            count += pixel;
        }
        return count;
    }

    /** Number of solid pixels that are not solid in the other image of the same size. */
    int countOutside(Morphology other) {
        int count = 0;
        for (int i = 0; i < solid.length; i++) {
            count += solid[i] & ~other.solid[i];
        }
        return count;
    }

    Morphology inverted() {
        byte[] inverse = new byte[solid.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = (byte) (1 - solid[i]);
        }
        return new Morphology(width, height, inverse);
    }

    Morphology opened(double radius) {
        return eroded(radius).dilated(radius);
    }

    Morphology dilated(double radius) {
        return inverted().eroded(radius).inverted();
    }

    Morphology eroded(double radius) {
        int reach = (int) radius;
        byte[] runs = runs(Math.min(reach + 1, Byte.MAX_VALUE));
        byte[] kept = solid.clone();
        for (int dy = -reach; dy <= reach; dy++) {
            int half = (int) Math.sqrt(radius * radius - dy * dy);
            for (int row = 0; row < height; row++) {
                int from = Math.floorMod(row + dy, height) * width;
                int to = row * width;
                for (int column = 0; column < width; column++) {
                    kept[to + column] &= (byte) (half - runs[from + column] >>> 31);
                }
            }
        }
        return new Morphology(width, height, kept);
    }

    /** Distance of every pixel to the next black one in its row, the period included; at most {@code limit}. */
    private byte[] runs(int limit) {
        byte[] runs = new byte[solid.length];
        for (int row = 0; row < height; row++) {
            int start = row * width;
            int left = limit;
            int right = limit;
            // A first round as far as the limit, to know what lies beyond the edge.
            for (int column = Math.max(0, width - limit); column < width; column++) {
                left = solid[start + column] == 0 ? 0 : Math.min(left + 1, limit);
            }
            for (int column = Math.min(width, limit) - 1; column >= 0; column--) {
                right = solid[start + column] == 0 ? 0 : Math.min(right + 1, limit);
            }
            for (int column = 0; column < width; column++) {
                left = solid[start + column] == 0 ? 0 : Math.min(left + 1, limit);
                runs[start + column] = (byte) left;
            }
            for (int column = width - 1; column >= 0; column--) {
                right = solid[start + column] == 0 ? 0 : Math.min(right + 1, limit);
                runs[start + column] = (byte) Math.min(runs[start + column], right);
            }
        }
        return runs;
    }
}
