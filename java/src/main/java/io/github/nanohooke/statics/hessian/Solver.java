// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static io.github.nanohooke.natives.global.nanohooke.NH_SOLVER_DIRECT;
import static io.github.nanohooke.natives.global.nanohooke.NH_SOLVER_ITERATIVE;

import java.util.Locale;

/** How equations with the second derivatives are solved; the way to the minimum and the tensor are the same. */
enum Solver {
    /** By their sparse factor. */
    DIRECT(NH_SOLVER_DIRECT),
    /** By conjugate gradients, preconditioned by a network of springs; a few kB an atom. */
    ITERATIVE(NH_SOLVER_ITERATIVE);

    private final int code;

    Solver(int code) {
        this.code = code;
    }

    /** As the kernel knows it. */
    int code() {
        return code;
    }

    static Solver of(int code) {
        return code == NH_SOLVER_ITERATIVE ? ITERATIVE : DIRECT;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
