// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.onnx;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.Head;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.ParameterTable.Block;
import io.github.nanohooke.nn.ParameterTable.Kind;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.MonoclinicFactor;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.tensor.ElasticConstants;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a model as an ONNX file (opset 19) for other programs. Its input {@code image} is float32
 * [batch][1][rows][columns], 1 for solid and 0 for pore; its output {@code constants} is float32 [batch][13] in GPa,
 * the output head included. Its metadata tell the names of the constants, the axes of their tensor ({@code frame}) and
 * what the images are of that the model learnt from ({@code images show}).
 */
public final class OnnxExport {
    private static final int N = ElasticConstants.COUNT;

    private final ModelFile model;
    private final OnnxGraph graph = new OnnxGraph();

    private OnnxExport(ModelFile model) {
        this.model = model;
    }

    /** @throws FileWriteException when the file cannot be written */
    public static void write(ModelFile model, Path file) {
        byte[] bytes = new OnnxExport(model).file();
        AtomicFile.write(file, stream -> stream.write(bytes));
    }

    private byte[] file() {
        NetworkDefinition definition = model.definition();
        String value = "image";
        boolean flat = false;
        for (int i = 0; i < definition.layers().size(); i++) {
            Layer layer = definition.layers().get(i);
            if (layer instanceof Layer.Dense && !flat) {
                value = graph.node("Flatten", Map.of(), value);
                flat = true;
            }
            value = layer(layer, i, value);
        }
        String constants = model.head() instanceof OutputHead.Cholesky cholesky ? cholesky(cholesky, value)
                : direct(model.head(), value);
        int pixels = definition.input().width();
        return graph.file(definition.name(), "image", List.of(1, pixels, pixels), constants, "constants", List.of(N),
                metadata());
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>(Shows.of(model.provenance()).provenance());
        metadata.put("constants", String.join(" ", ElasticConstants.names()));
        metadata.put("units", "GPa");
        metadata.put(ModelFile.FRAME, model.frame().label());
        return metadata;
    }

    private String layer(Layer layer, int index, String x) {
        if (layer instanceof Layer.Relu) {
            return graph.node("Relu", Map.of(), x);
        }
        if (layer instanceof Layer.MaxPool) {
            return graph.node("MaxPool", Map.of("kernel_shape", new int[] {2, 2}, "strides", new int[] {2, 2}), x);
        }
        String weight = parameters(index, Kind.WEIGHT);
        String bias = parameters(index, Kind.BIAS);
        if (layer instanceof Layer.Dense) {
            return graph.node("Gemm", Map.of("transB", 1), x, weight, bias);
        }
        return convolution((Layer.Convolution) layer, index, x, weight, bias);
    }

    private String convolution(Layer.Convolution layer, int index, String x, String weight, String bias) {
        int before = layer.before();
        int after = layer.kernel() - 1 - before;
        if (layer.padding() == Padding.ZERO) {
            return graph.node("Conv", Map.of("pads", new int[] {before, before, after, after}), x, weight, bias);
        }
        String pads = graph.integers("pads" + index, 0, 0, before, before, 0, 0, after, after);
        String padded = graph.node("Pad", Map.of("mode", "wrap"), x, pads);
        return graph.node("Conv", Map.of(), padded, weight, bias);
    }

    private String parameters(int layer, Kind kind) {
        Block block = model.definition().parameters().blocks().stream()
                .filter(b -> b.layer() == layer && b.kind() == kind).findFirst().orElseThrow();
        return graph.floats(block.name(), block.shape(),
                Arrays.copyOfRange(model.parameters(), block.offset(), block.offset() + block.count()));
    }

    private String direct(OutputHead head, String raw) {
        String scale = graph.floats("scale", List.of(1), new float[] {(float) head.scale()});
        return graph.node("Add", Map.of(), graph.node("Mul", Map.of(), raw, scale), offset(head));
    }

    /** Every constant is a sum of products of two of L's thirteen entries: gather the factors, multiply, add up. */
    private String cholesky(OutputHead.Cholesky head, String raw) {
        String z = graph.node("Add", Map.of(), raw, offset(head));
        float[] diagonal = new float[N];
        float[] below = new float[N];
        for (int k = 0; k < N; k++) {
            diagonal[k] = MonoclinicFactor.isDiagonal(k) ? 1 : 0;
            below[k] = 1 - diagonal[k];
        }
        String positive = graph.node("Mul", Map.of(), graph.node("Softplus", Map.of(), z),
                graph.floats("diagonal", List.of(N), diagonal));
        String rest = graph.node("Mul", Map.of(), z, graph.floats("below", List.of(N), below));
        String entries = graph.node("Add", Map.of(), positive, rest);
        List<Head.Product> products = MonoclinicFactor.products();
        float[] sums = new float[products.size() * N];
        for (int p = 0; p < products.size(); p++) {
            sums[p * N + products.get(p).output()] = (float) head.modulus();
        }
        String left = graph.integers("left", products.stream().mapToInt(Head.Product::left).toArray());
        String right = graph.integers("right", products.stream().mapToInt(Head.Product::right).toArray());
        String squares = graph.node("Mul", Map.of(), graph.node("Gather", Map.of("axis", 1), entries, left),
                graph.node("Gather", Map.of("axis", 1), entries, right));
        return graph.node("MatMul", Map.of(), squares, graph.floats("sums", List.of(products.size(), N), sums));
    }

    private String offset(OutputHead head) {
        float[] offset = new float[N];
        for (int k = 0; k < N; k++) {
            offset[k] = head.offset().get(k).floatValue();
        }
        return graph.floats("offset", List.of(N), offset);
    }
}
