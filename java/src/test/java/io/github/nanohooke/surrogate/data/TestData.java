// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.ArrayList;
import java.util.List;

/** Small images with a rectangular pore and constants that follow from the pore by a simple rule. */
public record TestData(List<StructureImage> images, List<double[]> targets, String fingerprint)
        implements TrainingData {
    public static final int PIXELS = 16;

    public static TestData random(int size, long seed) {
        List<StructureImage> images = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        Xoshiro256 random = new Xoshiro256(seed);
        for (int i = 0; i < size; i++) {
            int width = 1 + random.nextInt(PIXELS - 4);
            int height = 1 + random.nextInt(PIXELS - 4);
            images.add(pore(width, height));
            targets.add(constants(width / (double) PIXELS, height / (double) PIXELS));
        }
        return new TestData(images, targets, "random-" + size + "-" + seed);
    }

    /** Softer where the pore is larger, and softest across its longer side; positive definite. */
    private static double[] constants(double width, double height) {
        double solid = 1 - width * height;
        return new double[] {114 * solid * (1 - height / 2), 114 * solid * (1 - width / 2), 114 * solid,
            40 * solid * solid, 45 * solid, 45 * solid, 31 * solid * (1 - width / 2), 31 * solid * (1 - height / 2),
            25 * solid * solid, 0, 0, 0, 0};
    }

    private static StructureImage pore(int width, int height) {
        byte[] packed = new byte[PIXELS * PIXELS / 8];
        for (int row = 0; row < PIXELS; row++) {
            for (int column = 0; column < PIXELS; column++) {
                if (row >= height || column >= width) {
                    packed[row * PIXELS / 8 + column / 8] |= (byte) (1 << column % 8);
                }
            }
        }
        return StructureImage.fromPacked(PIXELS, PIXELS, packed);
    }

    public static StructureImage randomImage(int size, long seed) {
        Xoshiro256 random = new Xoshiro256(seed);
        int stride = (size + 7) / 8;
        byte[] packed = new byte[size * stride];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                if (random.nextInt(2) == 1) {
                    packed[row * stride + column / 8] |= (byte) (1 << column % 8);
                }
            }
        }
        return StructureImage.fromPacked(size, size, packed);
    }

    /** A network that the reference trains in a moment. */
    public static NetworkDefinition network() {
        return Presets.network("tiny", PIXELS, 5, new int[] {3, 4}, Padding.PERIODIC, new int[] {16}, 13);
    }

    @Override
    public TensorFrame frame() {
        return TensorFrame.OF_STATICS;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public StructureImage image(int i) {
        return images.get(i);
    }

    @Override
    public double[] constants(int i) {
        return targets.get(i).clone();
    }
}
