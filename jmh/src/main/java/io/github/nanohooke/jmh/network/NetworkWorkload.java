// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.network;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Presets;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.structure.RandomStructures;
import java.util.Arrays;

/**
 * What every engine is given: the same network with the same parameters, the same images and targets. The parameters
 * are fresh ones; times do not depend on their values.
 *
 * @param definition of the network
 * @param parameters flat, in the order of {@link NetworkDefinition#parameters()}
 * @param images     number of images
 * @param bits       the images, packed as in {@link ImageBatch.Bits}
 * @param targets    [image][output]
 */
public record NetworkWorkload(NetworkDefinition definition, float[] parameters, int images, byte[] bits,
        float[] targets) {

    /** Learning rate of a training step. */
    public static final float RATE = 1e-4f;

    private static final long SEED = 1;

    /** That many images of random structures, circles and rectangles mixed, in the preset's network. */
    public static NetworkWorkload of(String preset, int images) {
        NetworkDefinition definition = Presets.named(preset);
        Shape input = definition.input();
        byte[] bits = new byte[images * input.packedBytes()];
        for (int i = 0; i < images; i++) {
            var structure = RandomStructures.sample(RandomStructures.Kind.MIXED, SEED, i);
            byte[] image = StructureImage.of(structure.atoms(), input.width()).packed();
            System.arraycopy(image, 0, bits, i * image.length, image.length);
        }
        float[] targets = new float[images * definition.outputs()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = (float) Math.sin(i);
        }
        return new NetworkWorkload(definition, Initialisation.he(definition, SEED), images, bits, targets);
    }

    /** The same with its first images only. */
    public NetworkWorkload first(int count) {
        return new NetworkWorkload(definition, parameters, count,
                Arrays.copyOf(bits, count * definition.input().packedBytes()),
                Arrays.copyOf(targets, count * definition.outputs()));
    }

    /** The images as nanohooke takes them. */
    public ImageBatch batch() {
        return ImageBatch.bits(images, bits);
    }

    /** The images as frameworks take them: [image][1][row][column], 1 for solid and 0 for pore. */
    public float[] pixels() {
        float[] pixels = new float[images * definition.input().size()];
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = bits[p / 8] >> p % 8 & 1;
        }
        return pixels;
    }
}
