// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import java.util.Arrays;

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
        // Margins of two and three pixels, so that contexts need no questions; beyond the edge is what is known there.
        boolean[][] now = new boolean[size + 2][size + 5];
        boolean[][] like = new boolean[size + 5][];
        for (int row = -2; row < size + 3; row++) {
            like[row + 2] = unpacked(known, Math.floorMod(row, size), stride);
        }
        for (int row = -2; row < size; row++) {
            now[row + 2] = like[row + 2].clone();
        }
        for (int row = 0; row < size; row++) {
            boolean[] source = unpacked(image, row, stride);
            for (int column = 0; column < size;) {
                int end = Math.min(size, column + GROUP);
                if (end - column == GROUP && isUniform(now, like, row, column)) {
                    boolean colour = like[row + 2][column + 2];
                    int context = (colour ? 1 : 0) | (isOf(like[row + 4], column, colour) ? 2 : 0);
                    boolean same = coder.code(groups, context, isOf(source, column, colour));
                    if (same) {
                        Arrays.fill(now[row + 2], column + 2, end + 2, colour);
                        column = end;
                        continue;
                    }
                }
                for (; column < end; column++) {
                    now[row + 2][column + 2] =
                            coder.code(pixels, context(now, like, row + 2, column + 2), source[column + 2]);
                }
            }
            pack(now[row + 2], image, row * stride);
        }
    }

    private boolean[] unpacked(byte[] bits, int row, int stride) {
        boolean[] pixels = new boolean[size + 5];
        for (int column = -2; column < size + 3; column++) {
            int c = Math.floorMod(column, size);
            pixels[column + 2] = (bits[row * stride + (c >> 3)] >> (c & 7) & 1) != 0;
        }
        return pixels;
    }

    private void pack(boolean[] pixels, byte[] bits, int offset) {
        Arrays.fill(bits, offset, offset + (size + 7) / 8, (byte) 0);
        for (int column = 0; column < size; column++) {
            if (pixels[column + 2]) {
                bits[offset + (column >> 3)] |= (byte) (1 << (column & 7));
            }
        }
    }

    /** Whether all pixels around eight of them are of one colour, as far as both sides of a code know them. */
    private static boolean isUniform(boolean[][] now, boolean[][] like, int row, int column) {
        boolean colour = like[row + 2][column + 2];
        return now[row + 2][column + 1] == colour && isOf(now[row + 1], column - 1, colour)
                && now[row + 1][column + 9] == colour && now[row + 1][column + 10] == colour
                && isOf(like[row + 2], column, colour) && like[row + 2][column + 1] == colour
                && like[row + 2][column + 10] == colour && isOf(like[row + 3], column, colour);
    }

    private static boolean isOf(boolean[] row, int column, boolean colour) {
        for (int c = column; c < column + GROUP; c++) {
            if (row[c + 2] != colour) {
                return false;
            }
        }
        return true;
    }

    private static int context(boolean[][] now, boolean[][] like, int r, int c) {
        boolean[] up = now[r - 1];
        boolean[] upper = now[r - 2];
        boolean[] here = now[r];
        boolean[] known = like[r];
        boolean[] below = like[r + 1];
        int context = bit(here[c - 1], 0) | bit(here[c - 2], 1) | bit(up[c - 2], 2) | bit(up[c - 1], 3)
                | bit(up[c], 4) | bit(up[c + 1], 5) | bit(up[c + 2], 6) | bit(upper[c - 1], 7) | bit(upper[c], 8)
                | bit(upper[c + 1], 9);
        return context | bit(known[c], 10) | bit(known[c + 1], 11) | bit(known[c + 2], 12) | bit(below[c - 1], 13)
                | bit(below[c], 14) | bit(below[c + 1], 15) | bit(like[r + 2][c], 16) | bit(like[r - 1][c], 17);
    }

    private static int bit(boolean value, int place) {
        return value ? 1 << place : 0;
    }
}
