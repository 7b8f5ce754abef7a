// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.random.Mixing;

/**
 * The part of the dataset that a sample belongs to: 90 % training, 5 % validation, 5 % test.
 *
 * <p>Membership is drawn for each sample by itself from the dataset's seed and the sample's index, so a larger dataset
 * of the same seed keeps every sample where it was, and neither order nor failures move one. The shares are therefore
 * those of a draw: 20,000 samples have 1,000 +- 31 in the test part.
 */
public enum Part {
    TRAINING, VALIDATION, TEST;

    private static final double TRAINING_SHARE = 0.90;
    private static final double VALIDATION_SHARE = 0.05;
    private static final long STREAM = 0x53706c6974L;

    /**
     * The number by which the samples of a dataset are put into their shuffled order; ascending, as a signed number.
     */
    public static long shuffleKey(long seed, long index) {
        return Mixing.of(seed, index, STREAM);
    }

    /** Where a sample belongs. */
    public static Part of(long seed, long index) {
        // The key's upper 53 bits as a number in [0, 1).
        double u = (shuffleKey(seed, index) >>> 11) * 0x1p-53;
        return u < TRAINING_SHARE ? TRAINING : u < TRAINING_SHARE + VALIDATION_SHARE ? VALIDATION : TEST;
    }

    /** The number that files use: 0 training, 1 validation, 2 test. */
    public byte code() {
        return (byte) ordinal();
    }

    /** @throws DatasetException when this version does not know the number */
    public static Part ofCode(int code) {
        if (code < 0 || code >= values().length) {
            throw new DatasetException("a sample is in part " + code + "; known are 0 training, 1 validation, 2 test:"
                    + " was the file written by a newer version?");
        }
        return values()[code];
    }
}
