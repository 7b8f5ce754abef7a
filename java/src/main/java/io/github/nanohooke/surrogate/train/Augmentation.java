// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.ImageCode;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Which images an epoch takes, in which order. Augmentation is exact: the cell is periodic, so a shift of the image by
 * whole pixels leaves the constants as they are; a symmetry of the square leaves the crystal as it is and permutes the
 * constants. The random choice for a sample follows from (seed, epoch, sample) alone.
 *
 * @param samples in the training set
 * @param pixels  along an edge of an image
 * @param enabled whether images are shifted and turned; the order is random all the same
 * @param seed    of order and choices
 */
record Augmentation(int samples, int pixels, boolean enabled, long seed) {
    /** Keys that keep the random streams apart. */
    private static final long ORDER = 1;
    private static final long AUGMENTATION = 2;

    /** The order in which an epoch takes the samples. */
    int[] order(int epoch) {
        return new Xoshiro256(seed, ORDER, epoch).permutation(samples);
    }

    /** {@link ImageCode#packed()} of an epoch's images in their order. */
    long[] epoch(int epoch) {
        int[] order = order(epoch);
        long[] codes = new long[samples];
        for (int i = 0; i < samples; i++) {
            codes[i] = code(order[i], epoch).packed();
        }
        return codes;
    }

    private ImageCode code(int sample, int epoch) {
        if (!enabled) {
            return new ImageCode(sample, SquareSymmetry.IDENTITY, 0, 0);
        }
        Xoshiro256 random = new Xoshiro256(seed, AUGMENTATION, epoch, sample);
        SquareSymmetry[] symmetries = SquareSymmetry.values();
        SquareSymmetry symmetry = symmetries[random.nextInt(symmetries.length)];
        int rows = random.nextInt(pixels);
        return new ImageCode(sample, symmetry, rows, random.nextInt(pixels));
    }
}
