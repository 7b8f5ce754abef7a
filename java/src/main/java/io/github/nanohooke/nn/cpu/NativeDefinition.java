// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static io.github.nanohooke.natives.global.nanohooke.NH_LAYER_CONVOLUTION;
import static io.github.nanohooke.natives.global.nanohooke.NH_LAYER_DENSE;
import static io.github.nanohooke.natives.global.nanohooke.NH_LAYER_MAX_POOL;
import static io.github.nanohooke.natives.global.nanohooke.NH_LAYER_RELU;
import static io.github.nanohooke.natives.global.nanohooke.NH_PADDING_PERIODIC;
import static io.github.nanohooke.natives.global.nanohooke.NH_PADDING_ZERO;

import io.github.nanohooke.natives.nh_layer;
import io.github.nanohooke.natives.nh_network_definition;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import java.util.List;

/** A {@link NetworkDefinition} in native memory, for the length of one call. */
final class NativeDefinition implements AutoCloseable {
    private final nh_layer layers;
    private final nh_network_definition definition;

    NativeDefinition(NetworkDefinition network) {
        List<Layer> all = network.layers();
        layers = new nh_layer(all.size());
        for (int i = 0; i < all.size(); i++) {
            fill(layers.getPointer(i), all.get(i));
        }
        definition = new nh_network_definition()
                .channels(network.input().channels())
                .height(network.input().height())
                .width(network.input().width())
                .layer_count(all.size())
                .layers(layers);
    }

    nh_network_definition pointer() {
        return definition;
    }

    @Override
    public void close() {
        definition.close();
        layers.close();
    }

    private static void fill(nh_layer target, Layer layer) {
        // The memory is fresh from the heap, and fields that a kind does not use must be 0.
        target.kind(kind(layer)).outputs(0).kernel(0).padding(0);
        if (layer instanceof Layer.Convolution c) {
            target.outputs(c.outputs()).kernel(c.kernel()).padding(switch (c.padding()) {
                case ZERO -> NH_PADDING_ZERO;
                case PERIODIC -> NH_PADDING_PERIODIC;
            });
        } else if (layer instanceof Layer.Dense d) {
            target.outputs(d.outputs());
        }
    }

    private static int kind(Layer layer) {
        if (layer instanceof Layer.Convolution) {
            return NH_LAYER_CONVOLUTION;
        }
        if (layer instanceof Layer.Relu) {
            return NH_LAYER_RELU;
        }
        return layer instanceof Layer.MaxPool ? NH_LAYER_MAX_POOL : NH_LAYER_DENSE;
    }
}
