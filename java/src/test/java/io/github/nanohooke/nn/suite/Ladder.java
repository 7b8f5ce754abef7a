// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.Head;
import io.github.nanohooke.nn.ImageBatch;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.file.Safetensors;
import java.nio.file.Path;
import java.util.List;

/**
 * What PyTorch made of a small network in double precision: results, loss, gradients and ten steps of Adam. The files
 * and the script that makes them are in test-data/network; a file that does not fit is made anew with generate.py.
 */
public final class Ladder {
    private final Safetensors file;
    private final NetworkDefinition definition;

    private Ladder(Safetensors file) {
        this.file = file;
        this.definition = DefinitionJson.read(file.metadata().get("definition"));
    }

    /** One of the committed files: {@code zero}, {@code periodic} or {@code factor}. */
    public static Ladder read(String name) {
        return new Ladder(Safetensors.read(Path.of("..", "test-data", "network", name + ".safetensors")));
    }

    public NetworkDefinition definition() {
        return definition;
    }

    public float rate() {
        return Float.parseFloat(file.metadata().get("rate"));
    }

    /** What follows the last layer: a triangular factor where the file has one. */
    public Head head() {
        String entries = file.metadata().get("factor_entries");
        if (entries == null) {
            return Head.DIRECT;
        }
        List<String> places = List.of(entries.split(" "));
        return new TriangularFactor(places.stream().mapToInt(place -> place.charAt(0) - '1').toArray(),
                places.stream().mapToInt(place -> place.charAt(1) - '1').toArray(),
                file.tensor("factor_offset").doubles(),
                Double.parseDouble(file.metadata().get("factor_scale"))).head();
    }

    public ImageBatch images() {
        return ImageBatch.floats(file.tensor("images").shape().get(0).intValue(), file.tensor("images").floats());
    }

    public float[] targets() {
        return file.tensor("targets").floats();
    }

    public double[] results() {
        return file.tensor("results").doubles();
    }

    /** The loss before every step. */
    public double[] losses() {
        return file.tensor("losses").doubles();
    }

    /** All parameters, flat: {@code start}, {@code gradient} or {@code end}. */
    public double[] flat(String prefix) {
        ParameterTable table = definition.parameters();
        double[] values = new double[table.count()];
        for (ParameterTable.Block block : table.blocks()) {
            double[] part = file.tensor(prefix + "." + block.name()).doubles();
            System.arraycopy(part, 0, values, block.offset(), block.count());
        }
        return values;
    }

    /** The same in single precision. */
    public static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
