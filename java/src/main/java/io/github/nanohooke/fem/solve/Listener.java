// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/** Sees every state as it is found. */
@FunctionalInterface
public interface Listener {
    /** Of a run whose results alone matter. */
    Listener SILENT = increment -> true;

    /** @return whether to go on; the run ends in a {@link java.util.concurrent.CancellationException} otherwise */
    boolean found(Increment increment);
}
