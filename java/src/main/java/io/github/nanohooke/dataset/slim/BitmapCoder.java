// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

/**
 * How square binary images are coded, pixel by pixel in rows from the top: each in the context of pixels before it, as
 * in JBIG2 (ITU-T T.88), and of pixels around its place in an image that is known already and looks alike. Eight pixels
 * whose whole surroundings are of one colour are asked for at once. One object codes the images of a block, one after
 * the other, and learns from them; for one thread.
 */
final class BitmapCoder {
    private static final int CONTEXT_BITS = 18;
    private static final int COLUMN_CONTEXT_BITS = 10;
    private static final int GROUP = 8;
    /** Of a {@link #window}, the eight pixels, and those with one on either side. */
    private static final int WITHIN = 0xff << GROUP;
    private static final int SURROUNDINGS = 0x3ff << GROUP - 1;
    /** Columns of the other end that stand before the first and behind the last. */
    private static final int[] BEYOND = {-2, -1, 0, 1, 2};

    private final int size;
    private final BitModel pixels = new BitModel(1 << CONTEXT_BITS);
    private final BitModel groups = new BitModel(4);
    private final BitModel columns = new BitModel(1 << COLUMN_CONTEXT_BITS);
    private final BitModel flags = new BitModel(1);

    /** @param size pixels along an edge */
    BitmapCoder(int size) {
        this.size = size;
    }

    /** A single yes or no. */
    boolean flag(BitCoder coder, boolean value) {
        return coder.code(flags, 0, value);
    }

    /** A periodic pattern of few points, as the columns of a crystal; read into the array, or written from it. */
    void columns(BitCoder coder, boolean[] pattern, int width) {
        int height = pattern.length / width;
        for (int j = 0; j < height; j++) {
            for (int i = 0; i < width; i++) {
                int context = 0;
                for (int d = 1; d <= 3; d++) {
                    context = context << 1 | bit(pattern, width, i - d, j);
                }
                for (int d = -2; d <= 2; d++) {
                    context = context << 1 | bit(pattern, width, i + d, j - 1);
                }
                context = context << 1 | bit(pattern, width, i, j - 2);
                context = context << 1 | bit(pattern, width, i + 1, j - 2);
                pattern[j * width + i] = coder.code(columns, context, pattern[j * width + i]);
            }
        }
    }

    private static int bit(boolean[] pattern, int width, int i, int j) {
        return i >= 0 && i < width && j >= 0 && pattern[j * width + i] ? 1 : 0;
    }

    /**
     * An image of packed bits, read into the array or written from it.
     *
     * @param known packed bits of one that looks alike
     */
    void image(BitCoder coder, byte[] image, byte[] known) {
        int stride = (size + 7) / 8;
        byte[][] like = new byte[size][];
        for (int row = 0; row < size; row++) {
            like[row] = withMargins(known, row * stride, stride);
        }
        // Beyond its edges an image is as the known one: above its first row, too.
        byte[] upper = like[Math.floorMod(-2, size)];
        byte[] up = like[Math.floorMod(-1, size)];
        for (int row = 0; row < size; row++) {
            byte[] here = like[row].clone();
            byte[] above = like[Math.floorMod(row - 1, size)];
            byte[] below = like[(row + 1) % size];
            byte[] further = like[(row + 2) % size];
            // The last pixel in the lowest bit, the one before it in the next.
            int last = here[0] >> 7 & 1 | here[0] >> 5 & 2;
            for (int k = 0; k < stride; k++) {
                int source = image[row * stride + k];
                int count = Math.min(GROUP, size - GROUP * k);
                int around = window(up, k);
                int alike = window(like[row], k);
                int beneath = window(below, k);
                boolean colour = (alike >> GROUP & 1) != 0;
                int all = colour ? -1 : 0;
                if (count == GROUP && ((around ^ all) & SURROUNDINGS) == 0 && ((alike ^ all) & SURROUNDINGS) == 0
                        && ((beneath ^ all) & WITHIN) == 0 && ((last ^ all) & 1) == 0) {
                    int context = (colour ? 1 : 0) | (further[k + 1] == (byte) all ? 2 : 0);
                    if (coder.code(groups, context, (byte) source == (byte) all)) {
                        here[k + 1] = (byte) all;
                        last = all & 3;
                        continue;
                    }
                }
                int upmost = window(upper, k);
                int found = 0;
                for (int bit = 0; bit < count; bit++) {
                    int at = GROUP + bit;
                    int context = last | (around >> at - 2 & 31) << 2 | (upmost >> at - 1 & 7) << 7
                            | (alike >> at & 7) << 10 | (beneath >> at - 1 & 7) << 13
                            | (further[k + 1] >> bit & 1) << 16 | (above[k + 1] >> bit & 1) << 17;
                    int one = coder.code(pixels, context, (source >> bit & 1) != 0) ? 1 : 0;
                    found |= one << bit;
                    last = last << 1 & 2 | one;
                }
                // What is in the last byte beyond the edge stays that of the known image.
                int own = (1 << count) - 1;
                here[k + 1] = (byte) (found | here[k + 1] & ~own);
            }
            System.arraycopy(here, 1, image, row * stride, stride);
            image[(row + 1) * stride - 1] &= (byte) (0xff >> GROUP * stride - size);
            upper = up;
            up = here;
        }
    }

    /** A row with two pixels and more of its other end on either side: column c is bit c + 8. */
    private byte[] withMargins(byte[] bits, int from, int stride) {
        byte[] row = new byte[stride + 2];
        System.arraycopy(bits, from, row, 1, stride);
        for (int column : BEYOND) {
            int outside = column < 0 ? column : size + column;
            int inside = Math.floorMod(column, size);
            int bit = bits[from + (inside >> 3)] >> (inside & 7) & 1;
            row[outside + GROUP >> 3] |= (byte) (bit << (outside & 7));
        }
        return row;
    }

    /** Eight pixels and the eight on either side: the first of them is bit 8. */
    private static int window(byte[] row, int k) {
        return row[k] & 0xff | (row[k + 1] & 0xff) << GROUP | (row[k + 2] & 0xff) << 2 * GROUP;
    }
}
