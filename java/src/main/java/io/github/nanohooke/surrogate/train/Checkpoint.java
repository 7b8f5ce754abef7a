// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.file.Safetensors;
import io.github.nanohooke.nn.file.Tensor;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.model.Json;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.tensor.TensorFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a run needs to go on to the bit.
 *
 * @param identity   what the run is a run of: network, head, options, data; a resumed run must have the same
 * @param numerics   backend and instruction set that computed it
 * @param state      where the run stands
 * @param parameters present ones
 * @param adam       optimiser's state
 * @param best       parameters of the best epoch so far
 */
record Checkpoint(Map<String, String> identity, String numerics, TrainingState state, float[] parameters,
        AdamState adam, float[] best) {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final String FORMAT = "nanohooke-checkpoint-1";
    private static final String NAME = "checkpoint.safetensors";
    private static final String PREVIOUS = "checkpoint-previous.safetensors";
    /** Of {@link EpochRecord}: checkpoints of the first versions do not tell it. */
    private static final Map<String, Double> MISSING = Map.of("relative", 0.0);

    /** @throws SurrogateException when the parts do not fit together or a number is not finite */
    Checkpoint {
        if (numerics == null) {
            throw new SurrogateException("it does not tell what computed it");
        }
        frame(identity);
        state.requireConsistent();
        if (adam.step() != state.step()) {
            throw new SurrogateException("the run has taken " + state.step() + " steps, its optimiser " + adam.step());
        }
        requireFinite("parameters", parameters);
        requireCount(parameters.length, "moments of the optimiser", adam.first());
        requireFinite("first moments", adam.first());
        requireFinite("second moments", adam.second());
        requireCount(parameters.length, "parameters of the best epoch", best);
        requireFinite("parameters of the best epoch", best);
    }

    private static void requireCount(int count, String what, float[] values) {
        if (values.length != count) {
            throw new SurrogateException("it has " + values.length + " " + what + ", not " + count);
        }
    }

    private static void requireFinite(String what, float[] values) {
        if (!ParameterTable.areFinite(values)) {
            throw new SurrogateException("not all of its " + what + " are finite");
        }
    }

    /** Runs of the first versions do not tell their frame. */
    private static TensorFrame frame(Map<String, String> identity) {
        try {
            return TensorFrame.ofLabel(identity.get(ModelFile.FRAME));
        } catch (IllegalArgumentException e) {
            throw new SurrogateException(e.getMessage(), e);
        }
    }

    /** Where the newest checkpoint of a run lies. */
    static Path file(Path folder) {
        return folder.resolve(NAME);
    }

    /** The checkpoint to go on from: the newest or, if a crash left only the one before, that one. */
    static Path last(Path folder) {
        return Files.exists(file(folder)) || !Files.exists(folder.resolve(PREVIOUS)) ? file(folder)
                : folder.resolve(PREVIOUS);
    }

    /** Whether the folder holds a run that can be resumed. */
    static boolean exists(Path folder) {
        return Files.exists(file(folder)) || Files.exists(folder.resolve(PREVIOUS));
    }

    /** Writes the checkpoint; the one before is kept beside it. */
    void write(Path folder) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("identity", Json.write(new TreeMap<>(identity)));
        metadata.put("numerics", numerics);
        metadata.put("state", Json.write(state));
        metadata.put("adam_step", Long.toString(adam.step()));
        List<Long> shape = List.of((long) parameters.length);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("parameters", Tensor.ofFloats(shape, parameters));
        tensors.put("adam_first", Tensor.ofFloats(shape, adam.first()));
        tensors.put("adam_second", Tensor.ofFloats(shape, adam.second()));
        tensors.put("best", Tensor.ofFloats(shape, best));
        Path file = file(folder);
        try {
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(PREVIOUS), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new SurrogateException("the checkpoint " + file + " cannot be renamed: " + e, e);
        }
        new Safetensors(metadata, tensors).write(file);
    }

    /**
     * The newest checkpoint. If a crash left only the one before, that one, which is logged.
     *
     * @throws SurrogateException when it is damaged or of another version; the one before is named
     */
    static Checkpoint read(Path folder) {
        Path file = last(folder);
        if (!file.equals(file(folder))) {
            LOG.warn("{} is missing; going on from {}", file(folder), file);
        }
        try {
            return of(Safetensors.read(file));
        } catch (NetworkException | SurrogateException e) {
            throw unusable(folder, e);
        }
    }

    private static SurrogateException unusable(Path folder, RuntimeException why) {
        Path file = last(folder);
        Path previous = folder.resolve(PREVIOUS);
        String advice = file.equals(previous) || !Files.exists(previous) ? ""
                : "; delete it to go on from the one before, " + previous;
        return new SurrogateException("the run in " + folder + " cannot be resumed: checkpoint " + file + ": "
                + why.getMessage() + advice, why);
    }

    private static Checkpoint of(Safetensors file) {
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw new SurrogateException("it is no checkpoint of this version of nanohooke; its format is "
                    + metadata.get("format"));
        }
        long adamStep = Json.read("adam_step", metadata.get("adam_step"), Long.class);
        return new Checkpoint(Json.readMap("identity", metadata.get("identity"), String.class),
                metadata.get("numerics"),
                Json.read("state", metadata.get("state"), TrainingState.class, "history", MISSING),
                file.tensor("parameters").floats(),
                adam(file.tensor("adam_first").floats(), file.tensor("adam_second").floats(), adamStep),
                file.tensor("best").floats());
    }

    private static AdamState adam(float[] first, float[] second, long step) {
        try {
            return new AdamState(first, second, step);
        } catch (IllegalArgumentException e) {
            throw new SurrogateException(e.getMessage(), e);
        }
    }

    /**
     * Requires what a checkpoint of this run has unless it is damaged; to be asked after {@link #requireSame}.
     *
     * @param folder        where it was read
     * @param count         parameters of the network
     * @param epochs        of the whole run
     * @param stepsPerEpoch of the run
     * @throws SurrogateException when it is otherwise; the one before is named
     */
    void requireWithin(Path folder, int count, int epochs, int stepsPerEpoch) {
        try {
            requireCount(count, "parameters", parameters);
            state.requireWithin(epochs, stepsPerEpoch);
        } catch (SurrogateException e) {
            throw unusable(folder, e);
        }
    }

    /** @throws SurrogateException when the run that is asked for differs from the one that was begun: in what */
    void requireSame(Map<String, String> wanted) {
        TensorFrame frame = frame(identity);
        if (!frame.label().equals(wanted.get(ModelFile.FRAME))) {
            throw new SurrogateException("the run was begun on tensors in the frame " + frame.label() + " ("
                    + frame.meaning() + "), the data are in " + wanted.get(ModelFile.FRAME) + ": the two must not be"
                    + " mixed. Resume it with the data that it was begun with, or begin another run");
        }
        for (Map.Entry<String, String> entry : new TreeMap<>(wanted).entrySet()) {
            if (entry.getKey().equals(ModelFile.FRAME)) {
                continue;
            }
            String begun = identity.get(entry.getKey());
            if (!entry.getValue().equals(begun)) {
                throw new SurrogateException("the run was begun with another " + entry.getKey() + ": " + begun
                        + " then, " + entry.getValue() + " now; resume it with the same, or begin in another folder");
            }
        }
    }
}
