// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Some samples of others, drawn at random; the smaller of two draws is a part of the larger one. A few samples come
 * several times in an epoch, each time with a symmetry and a shift of its own, so that epochs of draws of any size are
 * of about one length: else those of few samples would spend their time in the validation behind each epoch, and points
 * of a learning curve would not be of equal cost.
 */
final class Subset implements TrainingData {
    private static final long SEED = 1;
    /** Images of an epoch, about, where there are fewer samples. */
    private static final int EPOCH = 16_384;

    private final TrainingData all;
    private final int[] places;
    private final int passes;

    /** @param size how many; more than there are takes all */
    Subset(TrainingData all, int size) {
        this.all = all;
        places = IntStream.range(0, all.size()).boxed()
                .sorted(Comparator.comparingLong(i -> SplitMix64.of(SEED, i, 0).nextLong()))
                .limit(size).mapToInt(Integer::intValue).sorted().toArray();
        passes = Math.max(1, Math.round((float) EPOCH / Math.max(1, places.length)));
    }

    /** Different ones. */
    int samples() {
        return places.length;
    }

    /** Images of an epoch: of each sample equally many. */
    @Override
    public int size() {
        return places.length * passes;
    }

    private int place(int i) {
        return places[i % places.length];
    }

    @Override
    public StructureImage image(int i) {
        return all.image(place(i));
    }

    @Override
    public ConstantBasis basis() {
        return all.basis();
    }

    @Override
    public double[] constants(int i) {
        return all.constants(place(i));
    }

    @Override
    public TensorFrame frame() {
        return all.frame();
    }

    @Override
    public String fingerprint() {
        return places.length + " of " + all.fingerprint();
    }
}
