// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** How a calculation ended. Only {@link #STABLE} is a tensor to build on. */
public enum Outcome {
    /** Relaxed within the tolerances, tensor positive definite. */
    STABLE("relaxed, tensor positive definite"),
    /** Relaxed, but the structure does not resist every strain: the tensor is not positive definite. */
    UNSTABLE("relaxed, but the tensor is not positive definite: the structure does not resist every strain"),
    /** The tolerances were not reached within the allowed evaluations; the numbers are those reached. */
    NOT_CONVERGED("force or stress tolerance not reached");

    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
