// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.ImageCode;
import io.github.nanohooke.nn.TrainingSet;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Random samples for a case with binary images, and what their codes mean, pixel by pixel. A symmetry changes the
 * targets' signs and order in a way that only these samples have.
 */
final class Samples implements TrainingSet {
    private static final int COUNT = 5;

    private final int pixels;
    private final int outputs;
    private final byte[][] images = new byte[COUNT][];
    private final float[][] targets = new float[COUNT][];
    private int poisoned = -1;

    Samples(OperationCase c) {
        pixels = c.definition().input().width();
        outputs = c.definition().outputs();
        Xoshiro256 random = new Xoshiro256(c.seed(), 7);
        for (int sample = 0; sample < COUNT; sample++) {
            images[sample] = new byte[c.definition().input().packedBytes()];
            for (int i = 0; i < images[sample].length; i++) {
                images[sample][i] = (byte) random.nextLong();
            }
            targets[sample] = new float[outputs];
            random.fillNormal(targets[sample], 0, outputs, 1);
        }
    }

    /** The same samples, one of them with a target that is not a number. */
    Samples poisonedAt(int sample) {
        poisoned = sample;
        return this;
    }

    /** Codes whose first five name each sample once. */
    long[] codes(int count) {
        Xoshiro256 random = new Xoshiro256(8);
        SquareSymmetry[] symmetries = SquareSymmetry.values();
        long[] codes = new long[count];
        for (int i = 0; i < count; i++) {
            codes[i] = new ImageCode(i % COUNT, symmetries[random.nextInt(8)], random.nextInt(pixels),
                    random.nextInt(pixels)).packed();
        }
        return codes;
    }

    @Override
    public int size() {
        return COUNT;
    }

    @Override
    public byte[] image(int sample) {
        return images[sample];
    }

    @Override
    public void targets(int sample, SquareSymmetry symmetry, float[] values, int offset) {
        for (int k = 0; k < outputs; k++) {
            float value = targets[sample][(k + symmetry.ordinal()) % outputs];
            values[offset + k] = sample == poisoned ? Float.NaN : value;
        }
    }

    /** The batch of some codes, every pixel looked up where the symmetry and the shift bring it from. */
    ImageBatch images(long[] codes, int from, int count) {
        int stride = (pixels + 7) / 8;
        byte[] batch = new byte[count * pixels * stride];
        for (int i = 0; i < count; i++) {
            ImageCode code = ImageCode.of(codes[from + i]);
            SquareSymmetry s = code.symmetry();
            for (int row = 0; row < pixels; row++) {
                for (int column = 0; column < pixels; column++) {
                    if ((images[code.sample()][row * stride + column / 8] >> column % 8 & 1) == 0) {
                        continue;
                    }
                    // Twice the distance from the middle, to the right and upwards.
                    int x = 2 * column + 1 - pixels;
                    int y = pixels - 1 - 2 * row;
                    int toColumn = (s.xx() * x + s.xy() * y + pixels - 1) / 2 + code.columns();
                    int toRow = (pixels - 1 - s.yx() * x - s.yy() * y) / 2 + code.rows();
                    int target = i * pixels * stride + toRow % pixels * stride + toColumn % pixels / 8;
                    batch[target] |= (byte) (1 << toColumn % pixels % 8);
                }
            }
        }
        return ImageBatch.bits(count, batch);
    }

    float[] targets(long[] codes, int from, int count) {
        float[] all = new float[count * outputs];
        for (int i = 0; i < count; i++) {
            ImageCode code = ImageCode.of(codes[from + i]);
            targets(code.sample(), code.symmetry(), all, i * outputs);
        }
        return all;
    }
}
