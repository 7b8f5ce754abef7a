// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Collects nodes and constants of an ONNX graph and writes the file. Field numbers are those of onnx.proto. */
final class OnnxGraph {
    private static final int IR_VERSION = 9;
    /** The first with Pad's mode "wrap". */
    private static final int OPSET = 19;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;

    private final List<Protobuf> nodes = new ArrayList<>();
    private final List<Protobuf> constants = new ArrayList<>();
    private int names;

    /**
     * Adds a node of one result.
     *
     * @param attributes values are Integer, String or int[]
     * @return the result's name
     */
    String node(String operator, Map<String, Object> attributes, String... inputs) {
        String output = operator.toLowerCase(Locale.ROOT) + ++names;
        Protobuf node = new Protobuf();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, output).text(3, output).text(4, operator);
        new TreeMap<>(attributes).forEach((name, value) -> node.message(5, attribute(name, value)));
        nodes.add(node);
        return output;
    }

    private static Protobuf attribute(String name, Object value) {
        Protobuf attribute = new Protobuf().text(1, name);
        if (value instanceof Integer number) {
            return attribute.number(3, number).number(20, ATTRIBUTE_INT);
        }
        if (value instanceof String text) {
            return attribute.text(4, text).number(20, ATTRIBUTE_STRING);
        }
        for (int number : (int[]) value) {
            attribute.number(8, number);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    /** Adds a constant of single precision; its name. */
    String floats(String name, List<Integer> shape, float[] values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return constant(name, FLOAT, shape, data);
    }

    /** Adds a vector of whole numbers; its name. */
    String integers(String name, int... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(Arrays.stream(values).asLongStream().toArray());
        return constant(name, INT64, List.of(values.length), data);
    }

    private String constant(String name, int type, List<Integer> shape, ByteBuffer data) {
        Protobuf tensor = new Protobuf();
        shape.forEach(side -> tensor.number(1, side));
        constants.add(tensor.number(2, type).text(8, name).bytes(9, data.array()));
        return name;
    }

    /**
     * The file.
     *
     * @param name        of the graph
     * @param input       name of its input
     * @param inputShape  without the batch, which stays free
     * @param result      name of the node that gives its result
     * @param output      name under which the result is known
     * @param outputShape without the batch
     * @param metadata    texts for people and programs
     */
    byte[] file(String name, String input, List<Integer> inputShape, String result, String output,
            List<Integer> outputShape, Map<String, String> metadata) {
        nodes.add(new Protobuf().text(1, result).text(2, output).text(3, output).text(4, "Identity"));
        Protobuf graph = new Protobuf();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        constants.forEach(constant -> graph.message(5, constant));
        graph.message(11, value(input, inputShape)).message(12, value(output, outputShape));
        Protobuf model = new Protobuf().number(1, IR_VERSION).text(2, "nanohooke").message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, OPSET));
        new TreeMap<>(metadata).forEach((key, text) ->
                model.message(14, new Protobuf().text(1, key).text(2, text)));
        return model.toByteArray();
    }

    private static Protobuf value(String name, List<Integer> shape) {
        Protobuf sides = new Protobuf().message(1, new Protobuf().text(2, "batch"));
        shape.forEach(side -> sides.message(1, new Protobuf().number(1, side)));
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, sides);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}
