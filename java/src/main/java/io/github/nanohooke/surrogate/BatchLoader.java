// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Xoshiro256;
import io.github.nanohooke.statics.ElasticConstants;
import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Fills batches from training data. Augmentation is exact: the cell is periodic, so a shift of the image by whole
 * pixels leaves the constants as they are; a symmetry of the square leaves the crystal as it is and permutes the
 * constants. The random choice for a sample follows from (seed, epoch, sample) alone.
 */
final class BatchLoader {
    /** Keys that keep the random streams apart. */
    private static final long ORDER = 1;
    private static final long AUGMENTATION = 2;

    private final TrainingData data;
    private final ImagePacking packing;
    private final int pixels;
    private final byte[] images;
    private final double[][] constants;

    BatchLoader(TrainingData data, int pixels, int maxBatch) {
        this.data = data;
        this.pixels = pixels;
        this.packing = new ImagePacking(pixels);
        this.images = new byte[maxBatch * packing.bytes()];
        this.constants = new double[maxBatch][];
    }

    /** The order in which an epoch takes the samples. */
    static int[] order(long seed, int epoch, int samples) {
        return new Xoshiro256(seed, ORDER, epoch).permutation(samples);
    }

    /** Loads order[from] ... order[to - 1], each shifted and turned at random. */
    ImageBatch augmented(int[] order, int from, int to, long seed, int epoch) {
        SquareSymmetry[] symmetries = SquareSymmetry.values();
        for (int i = from; i < to; i++) {
            int sample = order[i];
            Xoshiro256 random = new Xoshiro256(seed, AUGMENTATION, epoch, sample);
            SquareSymmetry symmetry = symmetries[random.nextInt(symmetries.length)];
            put(i - from, sample, symmetry, random.nextInt(pixels), random.nextInt(pixels));
        }
        return ImageBatch.bits(to - from, images);
    }

    /** Loads order[from] ... order[to - 1] as they are. */
    ImageBatch plain(int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            put(i - from, order[i], SquareSymmetry.IDENTITY, 0, 0);
        }
        return ImageBatch.bits(to - from, images);
    }

    /** The thirteen constants of the image at that place of the batch that was loaded last [GPa]. */
    double[] constants(int index) {
        return constants[index];
    }

    private void put(int index, int sample, SquareSymmetry symmetry, int rows, int columns) {
        packing.put(data.image(sample), symmetry, rows, columns, images, index);
        constants[index] = ElasticConstants.of(
                ElasticConstants.toTensor(data.constants(sample)).transformed(symmetry));
    }
}
