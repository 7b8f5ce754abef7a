// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.NanohookeException;

/** A state of the beam that was not found. */
public final class AtomBeamException extends NanohookeException {
    private static final long serialVersionUID = 1L;

    AtomBeamException(String message) {
        super(message);
    }

    @Override
    public Fault fault() {
        return Fault.NO_RESULT;
    }
}
