// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.model.Problem;

/** States to begin with. */
public final class Increments {
    private Increments() {
    }

    /** The part as it is before the first step. */
    public static Increment undeformed(Problem problem) {
        int dofs = problem.mesh().nodes() * problem.mesh().dimension();
        return new Increment(0, 0, new double[dofs], new double[dofs], 0, 0, 0, true);
    }
}
