// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.List;
import java.util.Optional;

/**
 * A library that computes networks. It has been loaded and tried: what it is asked for now fails only for want of
 * memory or because a network is one that it does not support. Backends hold no resources; their sessions do.
 */
public interface Backend {

    /** The name under which users ask for it, for example {@code cpu}. */
    String name();

    /** The library behind it, with its version where it has one, for logs. */
    String library();

    /** Instruction sets or devices that this machine offers, the best first. */
    List<String> instructionSets();

    /** Why this network cannot be computed here; empty when it can. */
    Optional<String> unsupported(NetworkDefinition definition);

    /** Bytes that a session would allocate, within a few per cent. */
    long memoryBytes(NetworkDefinition definition, SessionOptions options);

    /**
     * A session with all parameters zero.
     *
     * @throws NetworkException when the network or the instruction set is not supported, or memory is short
     */
    NetworkSession open(NetworkDefinition definition, SessionOptions options);
}
