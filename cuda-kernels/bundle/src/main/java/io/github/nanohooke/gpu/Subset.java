// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Some samples of others, drawn at random; the smaller of two draws is a part of the larger one. */
final class Subset implements TrainingData {
    private static final long SEED = 1;

    private final TrainingData all;
    private final int[] places;

    /** @param size how many; more than there are takes all */
    Subset(TrainingData all, int size) {
        this.all = all;
        places = IntStream.range(0, all.size()).boxed()
                .sorted(Comparator.comparingLong(i -> SplitMix64.of(SEED, i, 0).nextLong()))
                .limit(size).mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public int size() {
        return places.length;
    }

    @Override
    public StructureImage image(int i) {
        return all.image(places[i]);
    }

    @Override
    public ConstantBasis basis() {
        return all.basis();
    }

    @Override
    public double[] constants(int i) {
        return all.constants(places[i]);
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
