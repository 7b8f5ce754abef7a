// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/** The images and targets of one training step, put together on the host from a training set. */
final class HostBatch {
    private final TrainingSet set;
    private final ImagePacking packing;
    private final int outputs;
    private final byte[] images;
    private final float[] targets;
    private int count;

    /** @param pixels along an edge of the square images */
    HostBatch(TrainingSet set, int pixels, int outputs, int maxBatch) {
        this.set = set;
        this.packing = new ImagePacking(pixels);
        this.outputs = outputs;
        this.images = new byte[Math.multiplyExact(maxBatch, packing.bytes())];
        this.targets = new float[Math.multiplyExact(maxBatch, outputs)];
    }

    /** Loads the images codes[from] ... codes[to - 1]. */
    void load(long[] codes, int from, int to) {
        count = to - from;
        for (int i = 0; i < count; i++) {
            ImageCode code = ImageCode.of(codes[from + i]);
            packing.put(set.image(code.sample()), code.symmetry(), code.rows(), code.columns(), images, i);
            set.targets(code.sample(), code.symmetry(), targets, i * outputs);
        }
    }

    ImageBatch images() {
        return ImageBatch.bits(count, images);
    }

    /** [image][output] of the images that were loaded last, and what is left of larger batches. */
    float[] targets() {
        return targets;
    }
}
