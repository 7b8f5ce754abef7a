// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.surrogate.data.TestData;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Models that were never trained: random weights and biases behind a head of plausible constants. */
public final class TestModels {
    private TestModels() {
    }

    public static ModelFile random(String head, long seed) {
        return random(TestData.network(), head, seed);
    }

    public static ModelFile random(NetworkDefinition network, String head, long seed) {
        float[] parameters = Initialisation.he(network, seed);
        Xoshiro256 random = new Xoshiro256(seed, 99);
        float[] noise = new float[parameters.length];
        random.fillNormal(noise, 0, noise.length, 0.02);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += noise[i];
        }
        return new ModelFile(network, TargetStatistics.of(TestData.random(20, 1)).head(head), parameters,
                Map.of("seed", Long.toString(seed)), Map.of("validation_rmse_GPa", 50.0));
    }

    /** Random pixels: neighbouring results of a convolution are never equal, so that max pools have no ties. */
    public static List<StructureImage> images(int count) {
        return IntStream.range(0, count).mapToObj(i -> TestData.randomImage(TestData.PIXELS, 100 + i)).toList();
    }

    public static StructureImage solid(int size) {
        int stride = (size + 7) / 8;
        byte[] packed = new byte[size * stride];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                packed[row * stride + column / 8] |= (byte) (1 << column % 8);
            }
        }
        return StructureImage.fromPacked(size, size, packed);
    }
}
