// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Which image a training step sees: a sample of the {@link TrainingSet}, moved by a symmetry of the square and then
 * shifted around the periodic cell. Drawn on the host, so that every backend sees the same images in the same order;
 * eight bytes an image are all that a device needs of it.
 *
 * @param sample   index in the training set
 * @param symmetry that moves the image about its middle
 * @param rows     shift downwards, 0 to 16383 pixels
 * @param columns  shift to the right, 0 to 16383 pixels
 */
public record ImageCode(int sample, SquareSymmetry symmetry, int rows, int columns) {
    private static final SquareSymmetry[] SYMMETRIES = SquareSymmetry.values();
    private static final int SYMMETRY_BIT = 32;
    private static final int ROWS_BIT = 35;
    private static final int COLUMNS_BIT = 49;
    private static final int LARGEST_SHIFT = (1 << 14) - 1;

    /** @throws IllegalArgumentException when a number does not fit */
    public ImageCode {
        if (sample < 0 || rows < 0 || rows > LARGEST_SHIFT || columns < 0 || columns > LARGEST_SHIFT) {
            throw new IllegalArgumentException("sample " + sample + " shifted by " + rows + " rows and " + columns
                    + " columns: a sample is not negative, a shift 0 to " + LARGEST_SHIFT);
        }
    }

    /** Bits 0 to 31 the sample, 32 to 34 the symmetry's ordinal, 35 to 48 the rows, 49 to 62 the columns. */
    public long packed() {
        return sample | (long) symmetry.ordinal() << SYMMETRY_BIT | (long) rows << ROWS_BIT
                | (long) columns << COLUMNS_BIT;
    }

    /** The code of {@link #packed()}. */
    public static ImageCode of(long packed) {
        return new ImageCode((int) packed, SYMMETRIES[(int) (packed >>> SYMMETRY_BIT) & 7],
                (int) (packed >>> ROWS_BIT) & LARGEST_SHIFT, (int) (packed >>> COLUMNS_BIT) & LARGEST_SHIFT);
    }
}
