// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.NanohookeException;

/** No equilibrium was found beyond a state; what was found before was handed to the listener. */
public class NotConvergedException extends NanohookeException {
    private static final long serialVersionUID = 1L;
    private final String step;
    private final double fraction;

    public NotConvergedException(String message, String step, double fraction) {
        super(message);
        this.step = step;
        this.fraction = fraction;
    }

    /** Name of the step that did not reach its end. */
    public String step() {
        return step;
    }

    /** How much of it was reached, 0 to 1. */
    public double fraction() {
        return fraction;
    }

    @Override
    public Fault fault() {
        return Fault.NO_RESULT;
    }
}
