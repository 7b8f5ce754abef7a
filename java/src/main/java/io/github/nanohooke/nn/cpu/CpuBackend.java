// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static io.github.nanohooke.natives.global.nanohooke.NH_ISA_AUTO;
import static io.github.nanohooke.natives.global.nanohooke.NH_MODE_INFERENCE;
import static io.github.nanohooke.natives.global.nanohooke.NH_MODE_TRAINING;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUT_OF_MEMORY;
import static io.github.nanohooke.natives.global.nanohooke.NH_UNSUPPORTED;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_destroy;
import static io.github.nanohooke.natives.global.nanohooke.nh_network_memory;

import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.nh_network;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.BackendUnavailableException;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.SessionOptions.Mode;
import io.github.nanohooke.nn.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks on the CPU, by the native library. A session takes 1 to 256 threads and batches of up to 65536 images; its
 * results do not depend on either.
 */
public final class CpuBackend implements Backend {
    static final String NAME = "cpu";

    private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);

    private final List<InstructionSet> instructionSets;

    /**
     * Loads the native library and tries each of its instruction sets.
     *
     * @throws BackendUnavailableException when the library could not be loaded or does not run here, with the cause
     */
    public CpuBackend() {
        KernelLibrary.failure().ifPresent(failure -> {
            throw new BackendUnavailableException("backend cpu: " + KernelLibrary.explanation(), failure);
        });
        instructionSets = Stream.of(InstructionSet.values()).filter(CpuBackend::runs).toList();
    }

    /** Only a network says which instruction sets machine and library share, so one of a single weight is opened. */
    private static boolean runs(InstructionSet set) {
        NetworkDefinition trial = new NetworkDefinition("trial", Shape.vector(1), List.of(new Layer.Dense(1)));
        nh_network network = new nh_network();
        try (NativeDefinition definition = new NativeDefinition(trial)) {
            int status = nh_network_create(definition.pointer(), 1, NH_MODE_INFERENCE, 1, set.code(), network);
            if (status != NH_OK && status != NH_UNSUPPORTED) {
                throw new BackendUnavailableException("backend cpu: " + KernelLibrary.describe() + " failed its trial: "
                        + nh_last_error().getString());
            }
            return status == NH_OK;
        } finally {
            nh_network_destroy(network);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String library() {
        return KernelLibrary.describe();
    }

    @Override
    public List<String> instructionSets() {
        return instructionSets.stream().map(InstructionSet::label).toList();
    }

    /** @throws NetworkException when no such session can be opened: which limit it exceeds */
    @Override
    public long memoryBytes(NetworkDefinition definition, SessionOptions options) {
        long[] bytes = new long[1];
        try (NativeDefinition layers = new NativeDefinition(definition)) {
            int status = nh_network_memory(layers.pointer(), options.maxBatch(), mode(options), options.threads(),
                    bytes);
            if (status != NH_OK) {
                throw refusal(definition, nh_last_error().getString());
            }
        }
        return bytes[0];
    }

    @Override
    public NetworkSession open(NetworkDefinition definition, SessionOptions options) {
        requireOffered(definition, options);
        int isa = InstructionSet.labelled(options.instructionSet()).map(InstructionSet::code).orElse(NH_ISA_AUTO);
        nh_network network = new nh_network();
        try (NativeDefinition layers = new NativeDefinition(definition)) {
            int status = nh_network_create(layers.pointer(), options.maxBatch(), mode(options), options.threads(), isa,
                    network);
            if (status == NH_OUT_OF_MEMORY) {
                throw refusal(definition, "it needs " + memoryBytes(definition, options) / (1 << 20)
                        + " MiB, which this machine does not give; ask for a smaller batch or fewer threads");
            }
            if (status != NH_OK) {
                throw refusal(definition, nh_last_error().getString());
            }
        }
        CpuSession session = new CpuSession(definition, options, network);
        try {
            session.setHeadAndObjective();
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        LOG.info("network {}: {}", definition.name(), session.describe());
        return session;
    }

    private static NetworkException refusal(NetworkDefinition definition, String reason) {
        return new NetworkException("backend cpu cannot open network " + definition.name() + ": " + reason);
    }

    private static int mode(SessionOptions options) {
        return options.mode() == Mode.TRAINING ? NH_MODE_TRAINING : NH_MODE_INFERENCE;
    }
}
