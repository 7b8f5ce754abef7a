// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Layer.Dense;
import java.util.ArrayList;
import java.util.List;

/**
 * Layout of a network's parameters in one flat array: for every convolution and dense layer in order the weights, then
 * the biases. It is the order of the C interface (nanohooke/network.h) and of PyTorch's tensors.
 *
 * @param blocks one per array of weights or biases, without gaps
 * @param count  length of the flat array
 */
public record ParameterTable(List<Block> blocks, int count) {

    /** What a block holds. */
    public enum Kind {
        /** convolution: [output][input][kernel row][kernel column]; dense: [output][input] */
        WEIGHT,
        /** [output] */
        BIAS
    }

    /**
     * One array of weights or biases.
     *
     * @param name   for example {@code convolution1.weight} or {@code dense6.bias}; layers of a kind count from 1
     * @param kind   weights or biases
     * @param layer  index into the definition's layers
     * @param shape  row-major
     * @param offset of the first value in the flat array
     * @param count  number of values
     * @param fanIn  number of inputs that one output of the layer sees
     */
    public record Block(String name, Kind kind, int layer, List<Integer> shape, int offset, int count, int fanIn) {
        public Block {
            shape = List.copyOf(shape);
        }
    }

    public ParameterTable {
        blocks = List.copyOf(blocks);
    }

    /** The block of that name. */
    public Block block(String name) {
        return blocks.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow(
                () -> new NetworkException("no parameters named " + name + "; there are "
                        + blocks.stream().map(Block::name).toList()));
    }

    /** Whether all of a network's numbers are finite; in one glance, for there are millions at every start. */
    public static boolean areFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0; // not a number from the first on that is infinite or none itself
        }
        return sum == 0;
    }

    static ParameterTable of(Shape input, List<Layer> layers) {
        List<Block> blocks = new ArrayList<>();
        Shape in = input;
        long offset = 0;
        int convolutions = 0;
        int dense = 0;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer instanceof Convolution c) {
                convolutions++;
                List<Integer> shape = List.of(c.outputs(), in.channels(), c.kernel(), c.kernel());
                offset = add(blocks, "convolution" + convolutions, i, shape, offset);
            } else if (layer instanceof Dense d) {
                dense++;
                offset = add(blocks, "dense" + dense, i, List.of(d.outputs(), in.size()), offset);
            }
            in = NetworkDefinition.after(in, layer);
        }
        return new ParameterTable(blocks, (int) offset);
    }

    private static long add(List<Block> blocks, String name, int layer, List<Integer> shape, long offset) {
        int outputs = shape.get(0);
        double weights = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        double total = offset + weights + outputs;
        if (total > Integer.MAX_VALUE - 8) {
            throw new NetworkException(String.format("%s of shape %s brings the network to %.3g parameters, more than "
                    + "an array can hold; use fewer channels or units", name, shape, total));
        }
        int count = (int) weights;
        int fanIn = count / outputs;
        int start = (int) offset;
        blocks.add(new Block(name + ".weight", Kind.WEIGHT, layer, shape, start, count, fanIn));
        blocks.add(new Block(name + ".bias", Kind.BIAS, layer, List.of(outputs), start + count, outputs, fanIn));
        return (long) start + count + outputs;
    }
}
