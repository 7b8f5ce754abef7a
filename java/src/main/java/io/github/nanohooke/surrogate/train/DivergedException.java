// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.surrogate.SurrogateException;

/** A training run whose loss or parameters are no longer finite. Its last good checkpoint is named in the message. */
public final class DivergedException extends SurrogateException {
    public DivergedException(String message) {
        super(message);
    }

    @Override
    public Fault fault() {
        return Fault.NO_RESULT;
    }
}
