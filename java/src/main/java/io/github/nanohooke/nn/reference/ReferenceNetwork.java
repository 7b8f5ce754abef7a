// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.ParameterTable.Block;
import io.github.nanohooke.nn.ParameterTable.Kind;
import io.github.nanohooke.nn.Shape;
import java.util.ArrayList;
import java.util.List;

/** A network in double precision, one image at a time. It holds no parameters; they are the caller's. */
final class ReferenceNetwork {
    private final List<ReferenceLayer> layers = new ArrayList<>();

    ReferenceNetwork(NetworkDefinition definition) {
        Shape in = definition.input();
        for (int i = 0; i < definition.layers().size(); i++) {
            Shape out = definition.shapes().get(i);
            layers.add(layer(definition, i, in, out));
            in = out;
        }
    }

    private static ReferenceLayer layer(NetworkDefinition definition, int index, Shape in, Shape out) {
        Layer layer = definition.layers().get(index);
        if (layer instanceof Layer.Relu) {
            return new ReferenceRelu();
        }
        if (layer instanceof Layer.MaxPool) {
            return new ReferenceMaxPool(in, out);
        }
        Block weights = block(definition, index, Kind.WEIGHT);
        Block biases = block(definition, index, Kind.BIAS);
        return layer instanceof Layer.Convolution c
                ? new ReferenceConvolution(c, in, weights, biases)
                : new ReferenceDense(in.size(), out.size(), weights, biases);
    }

    private static Block block(NetworkDefinition definition, int layer, Kind kind) {
        return definition.parameters().blocks().stream()
                .filter(b -> b.layer() == layer && b.kind() == kind)
                .findFirst().orElseThrow();
    }

    /** The input and the results of all layers, in order; the last one is the network's. */
    List<double[]> forward(double[] image, double[] parameters) {
        List<double[]> values = new ArrayList<>();
        values.add(image);
        for (ReferenceLayer layer : layers) {
            values.add(layer.forward(values.get(values.size() - 1), parameters));
        }
        return values;
    }

    /**
     * The chain rule backwards through all layers.
     *
     * @param values   what {@link #forward} returned
     * @param dResult  derivative of some number by the result
     * @param gradient its derivatives by the parameters are added here
     * @return its derivative by the image
     */
    double[] backward(List<double[]> values, double[] dResult, double[] parameters, double[] gradient) {
        double[] d = dResult;
        for (int i = layers.size() - 1; i >= 0; i--) {
            d = layers.get(i).backward(values.get(i), d, parameters, gradient);
        }
        return d;
    }
}
