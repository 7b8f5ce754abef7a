// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** How a calculation ended. {@link #STABLE} and {@link #DISCONNECTED} are tensors to build on. */
public enum Outcome {
    /** Relaxed within the tolerances, tensor positive definite. */
    STABLE("relaxed, tensor positive definite"),
    /** Relaxed; pores cut the solid apart along some axis, and the tensor has exact zeros there, else positive. */
    DISCONNECTED("relaxed; the solid is cut apart and carries no force along some axis: exact zeros in the tensor"),
    /** Relaxed, but the structure does not resist every strain: the tensor is not positive definite. */
    UNSTABLE("relaxed, but the tensor is not positive definite: the structure does not resist every strain"),
    /** The tolerances were not reached within the allowed evaluations; the numbers are those reached. */
    NOT_CONVERGED("force or stress tolerance not reached");

    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** Whether the tensor is one to build on. */
    public boolean isSound() {
        return this == STABLE || this == DISCONNECTED;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
