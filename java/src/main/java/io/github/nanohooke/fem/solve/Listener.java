// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import java.util.function.Predicate;

/** Sees every state as it is found, and the iterations on the way there. */
@FunctionalInterface
public interface Listener {
    /** Of a run whose results alone matter. */
    Listener SILENT = increment -> true;

    /** @return whether to go on; the run ends in a {@link java.util.concurrent.CancellationException} otherwise */
    boolean found(Increment increment);

    /**
     * Sees an iteration that did not bring the forces into balance: another one follows. Of large parts, and of parts
     * whose points are atoms, one takes seconds to minutes.
     *
     * @return as of {@link #found}
     */
    default boolean iterated(Iteration iteration) {
        return true;
    }

    /** A listener that sees the states in place of this one, which sees the iterations. */
    default Listener withStates(Predicate<Increment> states) {
        Listener iterations = this;
        return new Listener() {
            @Override
            public boolean found(Increment increment) {
                return states.test(increment);
            }

            @Override
            public boolean iterated(Iteration iteration) {
                return iterations.iterated(iteration);
            }
        };
    }
}
