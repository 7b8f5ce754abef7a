// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.Layer.Relu;
import io.github.nanohooke.random.Xoshiro256;
import java.util.List;

/** Parameters to start training from. */
public final class Initialisation {
    private Initialisation() {
    }

    /**
     * Normal weights of variance 2 / (inputs of one output) where a ReLU follows (He et al., arXiv 1502.01852, eq. 10)
     * and 1 / (inputs of one output) where none does; biases zero. Every block draws from a stream of its own, so that
     * one layer's size does not change another layer's numbers.
     *
     * @return the flat array of {@link NetworkDefinition#parameters()}
     */
    public static float[] he(NetworkDefinition definition, long seed) {
        ParameterTable table = definition.parameters();
        float[] parameters = new float[table.count()];
        List<ParameterTable.Block> blocks = table.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            ParameterTable.Block block = blocks.get(i);
            if (block.kind() == ParameterTable.Kind.WEIGHT) {
                double gain = reluFollows(definition, block.layer()) ? 2 : 1;
                new Xoshiro256(seed, i).fillNormal(parameters, block.offset(), block.offset() + block.count(),
                        Math.sqrt(gain / block.fanIn()));
            }
        }
        return parameters;
    }

    private static boolean reluFollows(NetworkDefinition definition, int layer) {
        return layer + 1 < definition.layers().size() && definition.layers().get(layer + 1) instanceof Relu;
    }
}
