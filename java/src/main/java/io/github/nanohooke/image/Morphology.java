// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

/**
 * Pixels of a periodic image, to be shrunk and grown by disks: the erosion keeps the pixels whose disk is all solid,
 * the dilation adds those whose disk touches solid, and the opening, an erosion and then a dilation, keeps the part of
 * the solid that disks lying in it cover. A disk of radius R holds the pixels whose centre is at most R pixels away.
 *
 * <p>A bit a pixel, 64 at a time: a disk is a stack of segments, the erosion by it the intersection of those by its
 * segments, each moved to its line.
 */
final class Morphology {
    private static final int BITS = Long.SIZE;

    private final int width;
    private final int height;
    /** Words of a row. */
    private final int words;
    /**
     * Rows from the top, a bit a pixel from the left, 1 for solid, least significant first. A row has a word more on
     * either side, and all bits beyond its edges are those that the period puts there, so that a row can be moved by
     * up to 63 pixels as if it had no end.
     */
    private final long[] solid;

    private Morphology(int width, int height, long[] solid) {
        this.width = width;
        this.height = height;
        this.words = (width + BITS - 1) / BITS;
        this.solid = solid;
    }

    static Morphology of(StructureImage image) {
        int words = (image.width() + BITS - 1) / BITS;
        Morphology result = new Morphology(image.width(), image.height(), new long[image.height() * (words + 2)]);
        for (int row = 0; row < image.height(); row++) {
            for (int k = 0; k < words; k++) {
                result.solid[result.start(row) + k] = image.word(row, k);
            }
        }
        result.closePeriod();
        return result;
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
        for (int row = 0; row < height; row++) {
            for (int k = 0; k < words; k++) {
                count += Long.bitCount(solid[start(row) + k] & used(k));
            }
        }
        return count;
    }

    /** Whether no pixel is solid. */
    boolean isEmpty() {
        // What lies beyond the edges is a copy.
        for (long word : solid) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of solid pixels that are not solid in the other image of the same size. */
    int countOutside(Morphology other) {
        int count = 0;
        for (int row = 0; row < height; row++) {
            for (int k = 0; k < words; k++) {
                int at = start(row) + k;
                count += Long.bitCount(solid[at] & ~other.solid[at] & used(k));
            }
        }
        return count;
    }

    Morphology inverted() {
        long[] inverse = new long[solid.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = ~solid[i];
        }
        return new Morphology(width, height, inverse);
    }

    Morphology opened(double radius) {
        return eroded(radius).dilated(radius);
    }

    Morphology dilated(double radius) {
        return inverted().eroded(radius).inverted();
    }

    /** Whether a solid pixel has so many solid ones to its left and to its right, and black ones above all of them. */
    boolean hasStraightTop(int half) {
        Morphology tops = new Morphology(width, height, solid.clone());
        tops.intersect(inverted(), -1);
        return !tops.shrunkBetween(0, half).isEmpty();
    }

    Morphology eroded(double radius) {
        Morphology kept = new Morphology(width, height, solid.clone());
        Morphology shrunk = this;
        int shrunkBy = 0;
        // From the disk's top, whose segment is the shortest, to its middle.
        for (int dy = (int) radius; dy >= 0; dy--) {
            int half = (int) Math.sqrt(radius * radius - dy * dy);
            shrunk = shrunk.shrunkBetween(shrunkBy, half);
            shrunkBy = half;
            kept.intersect(shrunk, dy);
            kept.intersect(shrunk, -dy);
        }
        return kept;
    }

    /** From the erosion by segments of {@code 2 from + 1} pixels of a row to that by {@code 2 to + 1}. */
    private Morphology shrunkBetween(int from, int to) {
        Morphology shrunk = this;
        for (int by = from; by < to;) {
            // Segments to the left, in the middle and to the right leave no gap.
            int step = Math.min(Math.min(to - by, 2 * by + 1), BITS - 1);
            shrunk = shrunk.intersectedWithNeighbours(step);
            by += step;
        }
        return shrunk;
    }

    /** What is solid here, {@code step} pixels to the left and {@code step} to the right; 1 to 63. */
    private Morphology intersectedWithNeighbours(int step) {
        long[] from = solid;
        long[] to = new long[from.length];
        int back = BITS - step;
        for (int i = 1; i < to.length - 1; i++) {
            to[i] = from[i] & (from[i] << step | from[i - 1] >>> back) & (from[i] >>> step | from[i + 1] << back);
        }
        Morphology result = new Morphology(width, height, to);
        result.closePeriod();
        return result;
    }

    /** Keeps what is solid in another image, too, moved up by so many rows. */
    private void intersect(Morphology other, int rows) {
        int moved = Math.floorMod(rows, height) * (words + 2);
        int rest = solid.length - moved;
        and(solid, 0, other.solid, moved, rest);
        and(solid, rest, other.solid, 0, moved);
    }

    private static void and(long[] to, int toStart, long[] from, int fromStart, int count) {
        for (int i = 0; i < count; i++) {
            to[toStart + i] &= from[fromStart + i];
        }
    }

    /** Makes the bits beyond the edges of all rows those that the period puts there. */
    private void closePeriod() {
        for (int row = 0; row < height; row++) {
            int start = start(row);
            if (width % BITS == 0) {
                solid[start - 1] = solid[start + words - 1];
                solid[start + words] = solid[start];
            } else {
                solid[start - 1] = repeated(start, -BITS);
                solid[start + words - 1] = repeated(start, (words - 1) * BITS);
                solid[start + words] = repeated(start, words * BITS);
            }
        }
    }

    /** 64 pixels of a row from a column on, which may lie beyond the edges. */
    private long repeated(int start, int column) {
        long word = 0;
        for (int bit = 0; bit < BITS; bit++) {
            int at = Math.floorMod(column + bit, width);
            word |= (solid[start + at / BITS] >>> at % BITS & 1) << bit;
        }
        return word;
    }

    /** Where the pixels of a row begin. */
    private int start(int row) {
        return row * (words + 2) + 1;
    }

    /** The bits of a row's word that are pixels. */
    private long used(int word) {
        int count = width - word * BITS;
        return count >= BITS ? -1 : (1L << count) - 1;
    }

    /**
     * The solid runs of a row, each as long as it can be without crossing the edge.
     *
     * @param ends receives the first column of each run and the one behind its last; room for width + 1 numbers
     * @return how many numbers
     */
    int runs(int row, int[] ends) {
        int count = 0;
        long before = 0;
        for (int k = 0; k < words; k++) {
            long word = solid[start(row) + k] & used(k);
            // Bits that differ from that to their left.
            long edges = word ^ (word << 1 | before);
            before = word >>> BITS - 1;
            for (; edges != 0; edges &= edges - 1) {
                ends[count++] = k * BITS + Long.numberOfTrailingZeros(edges);
            }
        }
        if (count % 2 != 0) {
            ends[count++] = width;
        }
        return count;
    }
}
