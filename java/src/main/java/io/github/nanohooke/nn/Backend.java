// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A library that computes networks. It has been loaded and tried: what it is asked for now fails only for want of
 * memory or because a network is one that it does not support. Backends hold no resources; their sessions do.
 */
public interface Backend {

    /** The device of backends that compute on this machine's processor. */
    String PROCESSOR = "processor";

    /** The name under which users ask for it, for example {@code cpu}. */
    String name();

    /** The library behind it, with its version where it has one, for logs. */
    String library();

    /** Instruction sets that this machine offers, the best first. */
    List<String> instructionSets();

    /**
     * The instruction set behind {@link NetworkSession#numerics()}, where {@link SessionOptions#AUTO} would measure
     * which one is faster; so that a run that goes on takes the one that it began with.
     */
    default Optional<String> measuredInstructionSet(String numerics) {
        return Optional.empty();
    }

    /** Devices that this machine offers, the best first; {@link #PROCESSOR}, unless it computes elsewhere. */
    default List<String> devices() {
        return List.of(PROCESSOR);
    }

    /** Precisions in which it computes: single, unless it has others. */
    default List<Precision> precisions() {
        return List.of(Precision.FP32);
    }

    /** Why this network cannot be computed here; empty when it can. */
    default Optional<String> unsupported(NetworkDefinition definition) {
        try {
            memoryBytes(definition, SessionOptions.inference(1));
            return Optional.empty();
        } catch (NetworkException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Bytes that a session would allocate, within a few per cent.
     *
     * @throws NetworkException when no session can be opened on this network
     */
    long memoryBytes(NetworkDefinition definition, SessionOptions options);

    /**
     * A session with all parameters zero.
     *
     * @throws NetworkException when the network or the instruction set is not supported, or memory is short
     */
    NetworkSession open(NetworkDefinition definition, SessionOptions options);

    /**
     * Checks what every backend refuses in the same words, before it opens anything.
     *
     * @throws NetworkException when it has no such instruction set, device or precision, or the head is that of another
     *                          network: which, and what there is
     */
    default void requireOffered(NetworkDefinition definition, SessionOptions options) {
        requireOne(definition, "instruction set", options.instructionSet(), instructionSets());
        requireOne(definition, "device", options.device(), devices());
        if (!precisions().contains(options.precision())) {
            throw new NetworkException("backend " + name() + " cannot open network " + definition.name()
                    + ": it does not compute in " + options.precision().label() + "; it has "
                    + precisions().stream().map(Precision::label).collect(Collectors.joining(", ")));
        }
        options.head().requireOutputs(definition.outputs());
        options.objective().requireOutputs(definition.outputs());
    }

    private void requireOne(NetworkDefinition definition, String what, String wanted, List<String> offered) {
        if (!wanted.equals(SessionOptions.AUTO) && !offered.contains(wanted)) {
            throw new NetworkException("backend " + name() + " cannot open network " + definition.name() + ": there is "
                    + "no " + what + " '" + wanted + "' here; it has " + String.join(", ", offered) + ", and '"
                    + SessionOptions.AUTO + "' takes the best");
        }
    }
}
