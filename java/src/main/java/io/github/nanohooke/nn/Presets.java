// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Layer.Dense;
import io.github.nanohooke.nn.Layer.MaxPool;
import io.github.nanohooke.nn.Layer.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * Ready-made networks after Mianroodi et al., arXiv 2108.02837, section 3.1: a binary image of 256 x 256 pixels,
 * convolutions of 20 x 20, each with a max pool, channels growing from 1 to 96, five dense ReLU layers and a linear one
 * of 13 outputs.
 *
 * <p>The paper does not print the number of convolutions, their channels, their activation, the padding or the dense
 * widths. Chosen here: five convolutions of 6, 12, 24, 48 and 96 channels with ReLU, which is the reading that fits the
 * paper's own timings (2.0 G multiplications and additions an image), and dense widths that halve from 512 to 32:
 * 5.77 million parameters, of which 2.45 million are in the convolutions and 3.15 million in the first dense layer.
 */
public final class Presets {
    private static final int[] CHANNELS = {6, 12, 24, 48, 96};
    private static final int[] WIDTHS = {512, 256, 128, 64, 32};
    private static final int KERNEL = 20;
    private static final int PIXELS = 256;
    private static final int OUTPUTS = 13;

    private Presets() {
    }

    /** Zero padding, as frameworks call {@code same}: the usual reading of the paper. */
    public static NetworkDefinition paper() {
        return network("paper", PIXELS, KERNEL, CHANNELS, Padding.ZERO, WIDTHS, OUTPUTS);
    }

    /** Periodic padding: every convolution sees the periodic cell as it is, wherever the image was cut. */
    public static NetworkDefinition periodic() {
        return network("periodic", PIXELS, KERNEL, CHANNELS, Padding.PERIODIC, WIDTHS, OUTPUTS);
    }

    /**
     * The preset of that name.
     *
     * @throws NetworkException when there is none; the names are in the message
     */
    public static NetworkDefinition named(String name) {
        return switch (name) {
            case "paper" -> paper();
            case "periodic" -> periodic();
            default -> throw new NetworkException("no preset '" + name + "'; there are paper and periodic");
        };
    }

    /**
     * A network of the same kind in another size.
     *
     * @param name     for people and logs
     * @param pixels   side of the square image of one channel
     * @param kernel   side of every convolution's kernel
     * @param channels outputs of the convolutions, each followed by ReLU and max pool
     * @param padding  of every convolution
     * @param widths   outputs of the dense layers that have a ReLU
     * @param outputs  of the last, linear layer
     * @throws NetworkException when the image cannot be halved that often
     */
    public static NetworkDefinition network(String name, int pixels, int kernel, int[] channels, Padding padding,
            int[] widths, int outputs) {
        List<Layer> layers = new ArrayList<>();
        for (int channel : channels) {
            layers.add(new Convolution(kernel, channel, padding));
            layers.add(new Relu());
            layers.add(new MaxPool());
        }
        for (int width : widths) {
            layers.add(new Dense(width));
            layers.add(new Relu());
        }
        layers.add(new Dense(outputs));
        return new NetworkDefinition(name, new Shape(1, pixels, pixels), layers);
    }
}
