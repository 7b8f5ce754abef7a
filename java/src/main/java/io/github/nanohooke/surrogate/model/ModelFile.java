// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.file.HalfPrecision;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.Shape;
import io.github.nanohooke.nn.file.Tensor;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A trained network with everything that is needed to use and to judge it, in one safetensors file: one tensor for
 * every block of parameters, and in the metadata the network, the meaning of its outputs, where it comes from and how
 * good it is.
 *
 * @param definition of a square binary image of one channel, with thirteen outputs
 * @param head       from raw outputs to GPa
 * @param parameters flat, in the order of {@link NetworkDefinition#parameters()}; the holder's own array
 * @param provenance how it was trained: data, options, backend, versions
 * @param metrics    measured errors, for example {@code validation_rmse_GPa}
 */
public record ModelFile(NetworkDefinition definition, OutputHead head, float[] parameters,
        Map<String, String> provenance, Map<String, Double> metrics) {

    /** In the provenance: the label of {@link #frame()}. */
    public static final String FRAME = "frame";
    /** In the provenance: the weights that the training began with, where they were those of another model. */
    public static final String BEGUN_FROM = "begun from";
    /** In the provenance: {@link #licence()}. */
    public static final String LICENCE = "licence";
    /** Entry of {@link #provenance()}: what the model is for, its data, errors and limits, for people. */
    public static final String CARD = "card";

    /** How the parameters are stored. */
    public enum Precision { SINGLE, HALF }

    private static final String FORMAT = "nanohooke-model";
    private static final String VERSION = "1";
    private static final String UNITS = "GPa";
    private static final String PROVENANCE = "provenance";
    private static final String METRICS = "metrics";
    private static final String IMAGE = "one periodic cell, rows from the top; 1 = solid, 0 = pore";

    /** @throws SurrogateException when the parts do not fit together or a parameter is not finite */
    public ModelFile {
        // By name: what is printed of them is the same in every run, and copies without an order have another in each.
        provenance = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(provenance)));
        frame(provenance);
        metrics = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(metrics)));
        requireSurrogate(definition);
        if (parameters.length != definition.parameters().count()) {
            throw new SurrogateException("network " + definition.name() + " has " + definition.parameters().count()
                    + " parameters, got " + parameters.length);
        }
        requireFinite(definition.parameters(), parameters);
    }

    private static void requireFinite(ParameterTable table, float[] parameters) {
        if (ParameterTable.areFinite(parameters)) {
            return;
        }
        for (ParameterTable.Block block : table.blocks()) {
            for (int i = 0; i < block.count(); i++) {
                if (!Float.isFinite(parameters[block.offset() + i])) {
                    throw new SurrogateException(block.name() + "[" + i + "] is " + parameters[block.offset() + i]
                            + "; a model's parameters must be finite");
                }
            }
        }
    }

    /** The axes of the tensors that it predicts: those that it was trained on. Models without word are of the first. */
    public TensorFrame frame() {
        return frame(provenance);
    }

    /** The constants that it predicts. */
    public ConstantBasis basis() {
        return head.basis();
    }

    /** The licence under which its makers give it away, an SPDX expression; empty where they do not say. */
    public Optional<String> licence() {
        return Optional.ofNullable(provenance.get(LICENCE));
    }

    private static TensorFrame frame(Map<String, String> provenance) {
        try {
            return TensorFrame.ofLabel(provenance.get(FRAME));
        } catch (IllegalArgumentException e) {
            throw new SurrogateException(e.getMessage(), e);
        }
    }

    /** The same model with more to say of where it comes from and how good it is; later entries replace earlier. */
    public ModelFile with(Map<String, String> moreProvenance, Map<String, Double> moreMetrics) {
        Map<String, String> allProvenance = new TreeMap<>(provenance);
        allProvenance.putAll(moreProvenance);
        Map<String, Double> allMetrics = new TreeMap<>(metrics);
        allMetrics.putAll(moreMetrics);
        return new ModelFile(definition, head, parameters, allProvenance, allMetrics);
    }

    /**
     * The same model with some parameters rounded to half precision, as a file would hold them.
     *
     * @param halves names of the blocks of parameters that are rounded
     */
    public ModelFile rounded(Set<String> halves) {
        float[] some = parameters.clone();
        for (ParameterTable.Block block : definition.parameters().blocks()) {
            if (halves.contains(block.name())) {
                for (int i = block.offset(); i < block.offset() + block.count(); i++) {
                    some[i] = HalfPrecision.toFloat(HalfPrecision.fromFloat(parameters[i]));
                }
            }
        }
        return new ModelFile(definition, head, some, provenance, metrics);
    }

    /** @throws SurrogateException when this is no network from a square binary image to thirteen constants */
    public static void requireSurrogate(NetworkDefinition definition) {
        Shape input = definition.input();
        if (input.channels() != 1 || input.height() != input.width()
                || definition.outputs() != ConstantBasis.EXTRUDED.count()) {
            throw new SurrogateException("a surrogate takes a square image of one channel and gives 13 numbers; "
                    + "network " + definition.name() + " takes " + input + " and gives " + definition.outputs());
        }
    }

    /**
     * Writes all parameters in one precision.
     *
     * @throws SurrogateException when values do not fit into half precision
     * @throws FileWriteException when the file cannot be written
     */
    public void write(Path file, Precision precision) {
        write(file, precision == Precision.SINGLE ? Set.of() : definition.parameters().blocks().stream()
                .map(ParameterTable.Block::name).collect(Collectors.toSet()));
    }

    /**
     * Writes the parameters in single precision, but for some.
     *
     * @param halves names of the blocks of parameters that are stored in half precision
     * @throws SurrogateException when values of these do not fit into half precision
     * @throws FileWriteException when the file cannot be written
     */
    public void write(Path file, Set<String> halves) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("version", VERSION);
        metadata.put("units", UNITS);
        metadata.put("constants", basis().toString());
        metadata.put("image", IMAGE);
        metadata.put("definition", DefinitionJson.write(definition));
        metadata.put("head", Json.write(head));
        metadata.put(PROVENANCE, Json.write(new TreeMap<>(provenance)));
        metadata.put(METRICS, Json.write(new TreeMap<>(metrics)));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (ParameterTable.Block block : definition.parameters().blocks()) {
            float[] values = Arrays.copyOfRange(parameters, block.offset(), block.offset() + block.count());
            tensors.put(block.name(), tensor(block.name(), shape(block), values,
                    halves.contains(block.name()) ? Precision.HALF : Precision.SINGLE));
        }
        new Safetensors(metadata, tensors).write(file);
    }

    private static Tensor tensor(String name, List<Long> shape, float[] values, Precision precision) {
        if (precision == Precision.SINGLE) {
            return Tensor.ofFloats(shape, values);
        }
        for (float value : values) {
            if (Math.abs(value) > HalfPrecision.MAX_VALUE) {
                throw new SurrogateException(name + " has the value " + value + ", too large for half precision; "
                        + "store the model in single precision");
            }
        }
        return Tensor.ofHalves(shape, values);
    }

    /**
     * Writes a copy of a model's file that has more to say of where the model comes from and how good it is; later
     * entries replace earlier ones. Its tensors are copied byte for byte, whatever their precision.
     *
     * @param file a model's file
     * @param copy the file to write; it may be {@code file} itself
     * @throws SurrogateException when the file is no model of this program
     * @throws NetworkException   when the file is missing, truncated or damaged, or the copy cannot be written
     */
    public static void annotate(Path file, Path copy, Map<String, String> moreProvenance,
            Map<String, Double> moreMetrics) {
        annotate(file, copy, moreProvenance, moreMetrics, entry -> false);
    }

    /**
     * As {@link #annotate(Path, Path, Map, Map)}.
     *
     * @param outdated metrics that the copy does not have, unless they are told anew
     */
    public static void annotate(Path file, Path copy, Map<String, String> moreProvenance,
            Map<String, Double> moreMetrics, Predicate<String> outdated) {
        Safetensors tensors = Safetensors.read(file);
        ModelFile old = of(file.toString(), tensors);
        Map<String, Double> kept = new TreeMap<>(old.metrics);
        kept.keySet().removeIf(outdated);
        ModelFile model = new ModelFile(old.definition, old.head, old.parameters, old.provenance, kept)
                .with(moreProvenance, moreMetrics);
        Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
        metadata.put(PROVENANCE, Json.write(new TreeMap<>(model.provenance)));
        metadata.put(METRICS, Json.write(new TreeMap<>(model.metrics)));
        new Safetensors(metadata, tensors.tensors()).write(copy);
    }

    /**
     * @throws SurrogateException when the file is no model of this program, or its parts do not fit together
     * @throws NetworkException   when the file is missing, truncated or damaged
     */
    public static ModelFile read(Path file) {
        return of(file.toString(), Safetensors.read(file));
    }

    /**
     * As {@link #read(Path)}, of a file that is in memory already, for example out of a jar.
     *
     * @param name what to call it in an error
     */
    public static ModelFile read(String name, byte[] file) {
        return of(name, Safetensors.read(name, file));
    }

    private static ModelFile of(String name, Safetensors tensors) {
        try {
            return of(tensors);
        } catch (SurrogateException | NetworkException e) {
            throw new SurrogateException("model file " + name + ": " + e.getMessage(), e);
        }
    }

    private static ModelFile of(Safetensors file) {
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new SurrogateException("it is a safetensors file, but no nanohooke model: its format is "
                    + metadata.get("format"));
        }
        requireMetadata(metadata, "version", VERSION);
        requireMetadata(metadata, "units", UNITS);
        requireMetadata(metadata, "image", IMAGE);
        if (metadata.get("definition") == null) {
            throw new SurrogateException("the network's definition is missing");
        }
        NetworkDefinition definition = DefinitionJson.read(metadata.get("definition"));
        requireSurrogate(definition);
        OutputHead head = Json.read("head", metadata.get("head"), OutputHead.class);
        requireMetadata(metadata, "constants", head.basis().toString());
        return new ModelFile(definition, head,
                parameters(file, definition.parameters()),
                Json.readMap(PROVENANCE, metadata.get(PROVENANCE), String.class),
                Json.readMap(METRICS, metadata.get(METRICS), Double.class));
    }

    private static float[] parameters(Safetensors file, ParameterTable table) {
        if (file.tensors().size() != table.blocks().size()) {
            throw new SurrogateException("its network has " + table.blocks().size() + " blocks of parameters, the file "
                    + file.tensors().size() + " tensors: " + file.tensors().keySet());
        }
        float[] parameters = new float[table.count()];
        for (ParameterTable.Block block : table.blocks()) {
            Tensor tensor = file.tensor(block.name());
            if (!tensor.shape().equals(shape(block))) {
                throw new SurrogateException(block.name() + " has shape " + tensor.shape() + ", the network needs "
                        + block.shape());
            }
            tensor.floats(parameters, block.offset());
        }
        return parameters;
    }

    private static void requireMetadata(Map<String, String> metadata, String key, String needed) {
        if (!needed.equals(metadata.get(key))) {
            throw new SurrogateException("its " + key + " should be '" + needed + "', it is '" + metadata.get(key)
                    + "'; was it written by another version of nanohooke?");
        }
    }

    private static List<Long> shape(ParameterTable.Block block) {
        return block.shape().stream().map(Integer::longValue).toList();
    }
}
