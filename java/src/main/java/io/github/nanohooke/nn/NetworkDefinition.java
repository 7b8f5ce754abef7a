// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.nn.Layer.Convolution;
import io.github.nanohooke.nn.Layer.Dense;
import io.github.nanohooke.nn.Layer.MaxPool;
import io.github.nanohooke.nn.Layer.Relu;
import io.github.nanohooke.nn.file.DefinitionJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as data: convolutions, each with an optional ReLU and then an optional max pool, followed by at least one
 * dense layer, each with an optional ReLU. Every instance is complete and consistent; {@link DefinitionJson} is its
 * written form.
 *
 * @param name   for people and logs, for example {@code periodic}
 * @param input  shape of one image
 * @param layers in the order of evaluation
 */
public record NetworkDefinition(String name, Shape input, List<Layer> layers) {

    /** @throws NetworkException when the layers do not fit together: which one, and why */
    public NetworkDefinition {
        if (name == null || name.isBlank()) {
            throw new NetworkException("a network needs a name");
        }
        if (input == null || layers == null) {
            throw new NetworkException("network " + name + " lacks its " + (input == null ? "input" : "layers"));
        }
        layers = List.copyOf(layers);
        shapes(name, input, layers);
        ParameterTable.of(input, layers);
    }

    /** The shape after every layer, one per layer. */
    public List<Shape> shapes() {
        return shapes(name, input, layers);
    }

    /** Where every layer's weights lie in the flat array of parameters. */
    public ParameterTable parameters() {
        return ParameterTable.of(input, layers);
    }

    /** Length of the result for one image. */
    public int outputs() {
        List<Shape> shapes = shapes();
        return shapes.get(shapes.size() - 1).size();
    }

    /**
     * Operations of one forward pass of one image done directly, a multiplication and an addition counted as two:
     * 2 k^2 inputs outputs height width for a convolution, 2 inputs outputs for a dense layer.
     */
    public double flops() {
        double flops = 0;
        Shape in = input;
        for (Layer layer : layers) {
            if (layer instanceof Convolution c) {
                flops += 2.0 * c.kernel() * c.kernel() * in.size() * c.outputs();
            } else if (layer instanceof Dense d) {
                flops += 2.0 * in.size() * d.outputs();
            }
            in = after(in, layer);
        }
        return flops;
    }

    /** The shape that a layer makes of its input. Both must fit together, as in every {@link NetworkDefinition}. */
    static Shape after(Shape in, Layer layer) {
        if (layer instanceof Convolution c) {
            return new Shape(c.outputs(), in.height(), in.width());
        }
        if (layer instanceof MaxPool) {
            return new Shape(in.channels(), in.height() / 2, in.width() / 2);
        }
        if (layer instanceof Dense d) {
            return Shape.vector(d.outputs());
        }
        return in;
    }

    private static List<Shape> shapes(String name, Shape input, List<Layer> layers) {
        List<Shape> shapes = new ArrayList<>();
        Shape shape = input;
        Layer previous = null;
        boolean dense = false;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            String fault = fault(layer, previous, shape, dense);
            if (fault != null) {
                throw new NetworkException("network " + name + ", layer " + (i + 1) + " of " + layers.size() + ", "
                        + layer + ": " + fault);
            }
            shape = after(shape, layer);
            dense |= layer instanceof Dense;
            shapes.add(shape);
            previous = layer;
        }
        if (!dense) {
            throw new NetworkException("network " + name + " has no dense layer; its last one gives the outputs");
        }
        return List.copyOf(shapes);
    }

    private static String fault(Layer layer, Layer previous, Shape in, boolean dense) {
        if (layer instanceof Convolution) {
            return dense ? "a convolution cannot follow a dense layer" : null;
        }
        if (layer instanceof Relu) {
            return previous instanceof Convolution || previous instanceof Dense ? null
                    : "a ReLU must follow a convolution or a dense layer";
        }
        if (layer instanceof MaxPool) {
            if (dense || previous == null || previous instanceof MaxPool) {
                return "a max pool must follow a convolution or its ReLU";
            }
            return in.height() % 2 == 0 && in.width() % 2 == 0 ? null
                    : "a 2 x 2 max pool needs an even image size, here it is " + in
                            + "; use another image size or fewer pools";
        }
        return null;
    }
}
