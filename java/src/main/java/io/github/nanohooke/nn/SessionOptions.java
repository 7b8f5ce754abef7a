// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.Objects;

/**
 * What a session must be able to do.
 *
 * @param mode           inference keeps no gradients and no optimiser state
 * @param maxBatch       largest number of images in one call
 * @param threads        threads that work on one call, the caller's included; results do not depend on it
 * @param instructionSet {@link #AUTO}, or one of {@link Backend#instructionSets()} that must be used
 * @param device         {@link #AUTO}, or one of {@link Backend#devices()} that must be used
 * @param precision      how products are rounded, one of {@link Backend#precisions()}
 * @param head           what follows the last layer in a training step; inference gives raw outputs
 * @param objective      what a training step minimises
 */
public record SessionOptions(Mode mode, int maxBatch, int threads, String instructionSet, String device,
        Precision precision, Head head, Objective objective) {

    /** The best instruction set or device that machine and library have. */
    public static final String AUTO = "auto";

    /** Purpose of a session. */
    public enum Mode { INFERENCE, TRAINING }

    /** @throws IllegalArgumentException when maxBatch or threads is not positive */
    public SessionOptions {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("the largest batch must be at least 1, got " + maxBatch);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("a session needs at least one thread, got " + threads);
        }
        if (instructionSet.isBlank() || device.isBlank()) {
            throw new IllegalArgumentException("instruction set and device are names or '" + AUTO + "', got '"
                    + instructionSet + "' and '" + device + "'");
        }
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(objective, "objective");
    }

    /** Single precision on one thread with the best instruction set of the best device. */
    public static SessionOptions of(Mode mode, int maxBatch) {
        return new SessionOptions(mode, maxBatch, 1, AUTO, AUTO, Precision.FP32, Head.DIRECT, Objective.SQUARED);
    }

    /** {@link #of} for inference. */
    public static SessionOptions inference(int maxBatch) {
        return of(Mode.INFERENCE, maxBatch);
    }

    /** {@link #of} for training. */
    public static SessionOptions training(int maxBatch) {
        return of(Mode.TRAINING, maxBatch);
    }

    public SessionOptions withThreads(int value) {
        return new SessionOptions(mode, maxBatch, value, instructionSet, device, precision, head, objective);
    }

    public SessionOptions withInstructionSet(String value) {
        return new SessionOptions(mode, maxBatch, threads, value, device, precision, head, objective);
    }

    public SessionOptions withDevice(String value) {
        return new SessionOptions(mode, maxBatch, threads, instructionSet, value, precision, head, objective);
    }

    public SessionOptions withPrecision(Precision value) {
        return new SessionOptions(mode, maxBatch, threads, instructionSet, device, value, head, objective);
    }

    public SessionOptions withHead(Head value) {
        return new SessionOptions(mode, maxBatch, threads, instructionSet, device, precision, value, objective);
    }

    public SessionOptions withObjective(Objective value) {
        return new SessionOptions(mode, maxBatch, threads, instructionSet, device, precision, head, value);
    }
}
