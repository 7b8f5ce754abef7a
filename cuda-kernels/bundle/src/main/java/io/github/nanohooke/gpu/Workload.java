// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.ImageCode;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.TrainingSet;
import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Arrays;

/**
 * A network with first parameters, images and targets, the same on every machine: what is checked and timed, by every
 * engine and framework.
 *
 * @param definition of the network
 * @param parameters flat
 * @param images     one packed image each
 * @param targets    [image][output]
 */
record Workload(NetworkDefinition definition, float[] parameters, byte[][] images, float[][] targets)
        implements TrainingSet {
    private static final long SEED = 1;

    /**
     * A preset; or, for rehearsals without a GPU, {@code tiny-periodic} and {@code tiny-paper} (32 pixels) or
     * {@code small-periodic} and {@code small-paper} (256 pixels), which a processor computes in no time.
     */
    static NetworkDefinition network(String name) {
        return switch (name) {
            case "tiny-periodic" -> Presets.network(name, 32, 6, new int[] {3, 4}, Padding.PERIODIC, new int[] {64},
                    13);
            case "tiny-paper" -> Presets.network(name, 32, 6, new int[] {3, 4}, Padding.ZERO, new int[] {64}, 13);
            case "small-periodic" -> small(name, Padding.PERIODIC);
            case "small-paper" -> small(name, Padding.ZERO);
            default -> Presets.named(name);
        };
    }

    private static NetworkDefinition small(String name, Padding padding) {
        return Presets.network(name, 256, 4, new int[] {2, 2, 3, 4}, padding, new int[] {16}, 13);
    }

    /** Images of random structures as they are cut, circles and rectangles mixed. */
    static Workload ofStructures(String network, int images) {
        return ofStructures(network(network), images);
    }

    /** As {@link #ofStructures(String, int)}, of any network. */
    static Workload ofStructures(NetworkDefinition definition, int images) {
        byte[][] packed = new byte[images][];
        for (int i = 0; i < images; i++) {
            var structure = RandomStructures.sample(RandomStructures.Kind.MIXED, SEED, i);
            packed[i] = StructureImage.of(structure.atoms(), definition.input().width()).packed();
        }
        return new Workload(definition, Initialisation.he(definition, SEED), packed, targets(definition, images));
    }

    /** Images of random pixels, in which no maximum is a tie. */
    static Workload ofNoise(NetworkDefinition definition, int images, long seed) {
        Xoshiro256 random = new Xoshiro256(seed, 1);
        byte[][] packed = new byte[images][definition.input().packedBytes()];
        for (byte[] image : packed) {
            for (int i = 0; i < image.length; i++) {
                image[i] = (byte) random.nextLong();
            }
        }
        return new Workload(definition, Initialisation.he(definition, seed), packed, targets(definition, images));
    }

    /** The same, every second parameter moved to the next number of single precision. */
    Workload rounded() {
        float[] moved = parameters.clone();
        for (int i = 0; i < moved.length; i += 2) {
            moved[i] = Math.nextUp(moved[i]);
        }
        return new Workload(definition, moved, images, targets);
    }

    private static float[][] targets(NetworkDefinition definition, int images) {
        float[][] targets = new float[images][definition.outputs()];
        for (int i = 0; i < images; i++) {
            new Xoshiro256(SEED, 2, i).fillNormal(targets[i], 0, targets[i].length, 1);
        }
        return targets;
    }

    /** A batch of the images from one on, again from the first where they end. */
    ImageBatch batch(int from, int count) {
        int bytes = definition.input().packedBytes();
        byte[] bits = new byte[Math.multiplyExact(count, bytes)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(images[(from + i) % images.length], 0, bits, i * bytes, bytes);
        }
        return ImageBatch.bits(count, bits);
    }

    /** Their targets. */
    float[] targets(int from, int count) {
        int outputs = definition.outputs();
        float[] flat = new float[count * outputs];
        for (int i = 0; i < count; i++) {
            System.arraycopy(targets[(from + i) % images.length], 0, flat, i * outputs, outputs);
        }
        return flat;
    }

    /** Codes of the images in their order, round and round, as they are or shifted and turned at random. */
    long[] codes(int count, boolean moved) {
        Xoshiro256 random = new Xoshiro256(SEED, 3);
        SquareSymmetry[] symmetries = SquareSymmetry.values();
        int pixels = definition.input().width();
        long[] codes = new long[count];
        Arrays.setAll(codes, i -> (moved ? new ImageCode(i % images.length, symmetries[random.nextInt(8)],
                random.nextInt(pixels), random.nextInt(pixels))
                : new ImageCode(i % images.length, SquareSymmetry.IDENTITY, 0, 0)).packed());
        return codes;
    }

    @Override
    public int size() {
        return images.length;
    }

    @Override
    public byte[] image(int sample) {
        return images[sample];
    }

    /** The targets are those of no tensor, and are not turned. */
    @Override
    public void targets(int sample, SquareSymmetry symmetry, float[] values, int offset) {
        System.arraycopy(targets[sample], 0, values, offset, targets[sample].length);
    }
}
