// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks by matrix products of OpenBLAS, which has binaries for more platforms than our own kernels. Convolutions are
 * done directly: some thirty times slower than {@code cpu} where that runs. Threads are those of the process:
 * sessions that compute at once should ask for the same number. Results of other batches or threads agree to rounding.
 */
public final class OpenBlasBackend implements Backend {
    static final String NAME = "openblas";

    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasBackend.class);

    private final String kernels;

    /** Loads OpenBLAS; a {@link LinkageError} where it has no library for this platform. */
    public OpenBlasBackend() {
        kernels = OpenBlas.kernels();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String library() {
        return OpenBlas.version();
    }

    /** OpenBLAS chooses its kernels by itself. */
    @Override
    public List<String> instructionSets() {
        return List.of(kernels);
    }

    /** @throws NetworkException when an array would be longer than Java has them */
    @Override
    public long memoryBytes(NetworkDefinition definition, SessionOptions options) {
        try (Memory memory = Memory.counting()) {
            new OpenBlasNetwork(definition, options, memory);
            long arrays = options.mode() == SessionOptions.Mode.TRAINING ? 4 : 1;
            return memory.bytes() + arrays * Float.BYTES * definition.parameters().count();
        }
    }

    @Override
    public NetworkSession open(NetworkDefinition definition, SessionOptions options) {
        requireOffered(definition, options);
        Memory memory = Memory.taking();
        try {
            NetworkSession session = new OpenBlasSession(definition, options, memory);
            LOG.info("network {}: {}", definition.name(), session.describe());
            return session;
        } catch (OutOfMemoryError e) {
            memory.close();
            throw new NetworkException("backend openblas cannot open network " + definition.name() + ": it needs "
                    + memoryBytes(definition, options) / (1 << 20)
                    + " MiB, which this machine does not give; ask for a "
                    + "smaller batch", e);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }
}
