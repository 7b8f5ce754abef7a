// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import java.time.Duration;

/**
 * How a training run is computed: nothing of it changes what comes of the run but for the rounding of another device or
 * precision.
 *
 * @param threads     threads of the backend
 * @param instructionSet {@link SessionOptions#AUTO}, or one of the backend's that must be used; for the first a resumed
 *                    run takes that of its checkpoint, where the backend would have to measure
 * @param device      {@link SessionOptions#AUTO}, or one of the backend's that must be used
 * @param precision   how products are rounded
 * @param stretch     about how long the backend computes between two looks at the listener and at cancellation; zero
 *                    for one step
 * @param checkpoints time between two checkpoints; zero for one after every stretch
 */
public record RunOptions(int threads, String instructionSet, String device, Precision precision, Duration stretch,
        Duration checkpoints) {
    private static final Duration STRETCH = Duration.ofMillis(500);
    private static final Duration CHECKPOINTS = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException when a time is negative */
    public RunOptions {
        if (stretch.isNegative() || checkpoints.isNegative()) {
            throw new IllegalArgumentException("the time of a stretch and between checkpoints cannot be negative, got "
                    + stretch + " and " + checkpoints);
        }
    }

    /** The best device in single precision, stretches of half a second, a checkpoint every thirty. */
    public static RunOptions threads(int threads) {
        return new RunOptions(threads, SessionOptions.AUTO, SessionOptions.AUTO, Precision.FP32, STRETCH, CHECKPOINTS);
    }

    public RunOptions withInstructionSet(String value) {
        return new RunOptions(threads, value, device, precision, stretch, checkpoints);
    }

    public RunOptions withDevice(String value) {
        return new RunOptions(threads, instructionSet, value, precision, stretch, checkpoints);
    }

    public RunOptions withPrecision(Precision value) {
        return new RunOptions(threads, instructionSet, device, value, stretch, checkpoints);
    }

    public RunOptions withStretch(Duration value) {
        return new RunOptions(threads, instructionSet, device, precision, value, checkpoints);
    }

    public RunOptions withCheckpoints(Duration value) {
        return new RunOptions(threads, instructionSet, device, precision, stretch, value);
    }
}
