// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.ParameterTable.Block;
import io.github.nanohooke.nn.ParameterTable.Kind;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.nn.openblas.ConvolutionStage.Blocks;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** The stages of a network and what flows between them. */
final class OpenBlasNetwork {
    private final Shape input;
    private final boolean training;
    private final List<ConvolutionStage> convolutions = new ArrayList<>();
    private final List<DenseStage> dense = new ArrayList<>();
    /** Inputs of every convolution and of the first dense layer, image by image. */
    private final List<FloatBlock> activations = new ArrayList<>();
    /** Derivatives between two stages, by turns. */
    private final FloatBlock[] derivatives;
    private final Scratch scratch;

    OpenBlasNetwork(NetworkDefinition definition, SessionOptions options, Memory memory) {
        input = definition.input();
        training = options.mode() == SessionOptions.Mode.TRAINING;
        int batch = options.maxBatch();
        activations.add(memory.floats((long) batch * input.size()));
        long widest = input.size();
        Shape in = input;
        List<Layer> layers = definition.layers();
        for (int i = 0; i < layers.size(); i++) {
            Shape out = definition.shapes().get(i);
            boolean relu = follows(layers, i + 1, Layer.Relu.class);
            if (layers.get(i) instanceof Layer.Convolution c) {
                boolean pool = follows(layers, i + (relu ? 2 : 1), Layer.MaxPool.class);
                Shape pooled = definition.shapes().get(i + (relu ? 1 : 0) + (pool ? 1 : 0));
                Pooling pooling = new Pooling(out, relu, pool, batch, training, memory);
                convolutions.add(new ConvolutionStage(in, c, pooling, blocks(definition, i), batch, training, memory));
                activations.add(memory.floats((long) batch * pooled.size()));
                widest = Math.max(widest, pooled.size());
            } else if (layers.get(i) instanceof Layer.Dense) {
                dense.add(new DenseStage(in.size(), out.size(), relu, blocks(definition, i), batch, training, memory));
                widest = Math.max(widest, out.size());
            }
            in = out;
        }
        long turns = training ? batch * widest : 0;
        derivatives = new FloatBlock[] {memory.floats(turns), memory.floats(turns)};
        long expansion = convolutions.stream().mapToLong(s -> s.expansionFloats(training)).max().orElse(0);
        long result = convolutions.stream().mapToLong(ConvolutionStage::resultFloats).max().orElse(0);
        scratch = new Scratch(memory.floats(expansion), memory.floats(result), memory.floats(training ? result : 0));
    }

    private static boolean follows(List<Layer> layers, int index, Class<? extends Layer> kind) {
        return index < layers.size() && kind.isInstance(layers.get(index));
    }

    private static Blocks blocks(NetworkDefinition definition, int layer) {
        int[] offsets = new int[Kind.values().length];
        for (Block block : definition.parameters().blocks()) {
            if (block.layer() == layer) {
                offsets[block.kind().ordinal()] = block.offset();
            }
        }
        return new Blocks(offsets[Kind.WEIGHT.ordinal()], offsets[Kind.BIAS.ordinal()]);
    }

    void setParameters(float[] flat) {
        convolutions.forEach(stage -> stage.setParameters(flat, training));
        dense.forEach(stage -> stage.setParameters(flat));
    }

    /** Results [image][output]; they stay until the next call. */
    FloatBlock forward(ImageBatch images, float[] flat, boolean keep) {
        load(images);
        int count = images.count();
        for (int i = 0; i < convolutions.size(); i++) {
            convolutions.get(i).forward(activations.get(i), activations.get(i + 1), count, flat, keep, scratch);
        }
        FloatBlock x = features();
        for (DenseStage stage : dense) {
            stage.forward(x, count, flat);
            x = stage.results();
        }
        return x;
    }

    private FloatBlock features() {
        return activations.get(activations.size() - 1);
    }

    private void load(ImageBatch images) {
        FloatBuffer x = activations.get(0).values();
        if (images instanceof ImageBatch.Floats floats) {
            x.put(0, floats.data(), 0, images.count() * input.size());
            return;
        }
        byte[] bits = ((ImageBatch.Bits) images).data();
        int stride = (input.width() + 7) / 8;
        int rows = images.count() * input.height();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < input.width(); column++) {
                x.put(row * input.width() + column, bits[row * stride + column / 8] >> column % 8 & 1);
            }
        }
    }

    /**
     * The chain rule for the last forward that was kept.
     *
     * @param dResults [image][output]
     * @param flat     receives the derivatives by the parameters; null where nobody asks
     * @param dImages  receives those by the images; null where nobody asks
     */
    void backward(float[] dResults, int count, float[] flat, float[] dImages) {
        FloatBlock d = derivatives[0];
        FloatBlock next = derivatives[1];
        d.put(dResults, 0, count * outputs());
        for (int i = dense.size() - 1; i >= 0; i--) {
            dense.get(i).backward(i > 0 ? dense.get(i - 1).results() : features(), d, next, count, flat);
            FloatBlock used = d;
            d = next;
            next = used;
        }
        for (int i = convolutions.size() - 1; i >= 0; i--) {
            boolean further = i > 0 || dImages != null;
            convolutions.get(i).backward(activations.get(i), d, further ? next : null, count, flat, scratch);
            FloatBlock used = d;
            d = next;
            next = used;
        }
        if (dImages != null) {
            d.get(dImages, 0, count * input.size());
        }
    }

    private int outputs() {
        return dense.get(dense.size() - 1).outputs();
    }
}
