// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** A state of equilibrium as JSON, to go on from. */
public final class StateFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();
    private static final String SCHEMA = "nanohooke-fem-state/1";

    /** @param mesh its {@link Mesh#digest()}; null in files of the first versions */
    private record State(String schema, int nodes, int dimension, String mesh, int step, double fraction,
            double[] displacements, double[] forces, double energy) {
    }

    private StateFile() {
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, Problem problem, Increment state) {
        State all = new State(SCHEMA, problem.mesh().nodes(), problem.mesh().dimension(), problem.mesh().digest(),
                state.step(), state.fraction(), state.displacements(), state.forces(),
                Double.isNaN(state.energy()) ? 0 : state.energy());
        AtomicFile.writeText(file, out -> out.write(JSON.writeValueAsString(all)));
    }

    /** @throws FemException when the file cannot be read, or is of another problem */
    public static Increment read(Path file, Problem problem) {
        State state;
        try {
            JsonNode fields = JSON.readTree(Files.readString(file));
            if (fields instanceof ObjectNode object && !object.has("mesh")) {
                object.putNull("mesh");
            }
            state = JSON.treeToValue(fields, State.class);
        } catch (NoSuchFileException e) {
            throw new FemException(file + " does not exist", e);
        } catch (JsonMappingException e) {
            throw new FemException(file
                    + " is no saved state of a finite-element run: fields are missing, unknown or of"
                    + " another kind", e);
        } catch (JsonProcessingException e) {
            throw new FemException(file + " is no saved state: " + JsonFields.place(e) + "not valid JSON: "
                    + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new FemException(file + " cannot be read: " + e.getMessage(), e);
        }
        int dofs = problem.mesh().nodes() * problem.mesh().dimension();
        if (state == null || !SCHEMA.equals(state.schema())) {
            throw new FemException(file + " is no saved state of a finite-element run");
        }
        if (state.displacements() == null || state.displacements().length != dofs || state.forces() == null
                || state.forces().length != dofs || state.nodes() != problem.mesh().nodes()) {
            throw new FemException(file + " is of another mesh: it has " + state.nodes() + " nodes, the problem "
                    + problem.mesh().nodes());
        }
        if (state.mesh() != null && !state.mesh().equals(problem.mesh().digest())) {
            throw new FemException(file + " is of another mesh: it has as many nodes, but not at the same places or not"
                    + " in the same elements");
        }
        if (state.step() < 0 || state.step() >= problem.steps().size() || !(state.fraction() >= 0
                && state.fraction() <= 1)) {
            throw new FemException(file + " is of step number " + (state.step() + 1) + ", the problem has "
                    + problem.steps().size());
        }
        if (!DoubleStream.concat(Arrays.stream(state.displacements()), Arrays.stream(state.forces()))
                .allMatch(Double::isFinite)) {
            throw new FemException(file + " has displacements or forces that are no finite numbers");
        }
        return new Increment(state.step(), state.fraction(), state.displacements(), state.forces(), state.energy(), 0,
                0, true);
    }
}
