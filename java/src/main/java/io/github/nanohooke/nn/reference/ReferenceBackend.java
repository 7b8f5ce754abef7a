// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.reference;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.BackendProvider;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.Shape;
import java.util.List;

/**
 * The oracle: plain Java, double precision (parameters and results in single), one thread, every network. Seconds an
 * image at 256 x 256 pixels.
 */
public final class ReferenceBackend implements Backend {
    private static final String INSTRUCTION_SET = "java";

    /** Registers the backend with {@link java.util.ServiceLoader}. */
    public static final class Provider implements BackendProvider {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public String description() {
            return "plain Java in double precision: slow, and the measure of all others";
        }

        @Override
        public Backend open() {
            return new ReferenceBackend();
        }
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String library() {
        return "plain Java";
    }

    @Override
    public List<String> instructionSets() {
        return List.of(INSTRUCTION_SET);
    }

    @Override
    public long memoryBytes(NetworkDefinition definition, SessionOptions options) {
        boolean training = options.mode() == SessionOptions.Mode.TRAINING;
        long perImage = definition.input().size() + definition.shapes().stream().mapToLong(Shape::size).sum();
        long arrays = training ? 4 : 1;
        long images = training ? options.maxBatch() : 1;
        return Double.BYTES * (arrays * definition.parameters().count() + perImage * images);
    }

    /** One thread, whatever the options allow: more would change nothing but the time. */
    @Override
    public NetworkSession open(NetworkDefinition definition, SessionOptions options) {
        requireOffered(definition, options);
        return new ReferenceSession(definition, options);
    }
}
