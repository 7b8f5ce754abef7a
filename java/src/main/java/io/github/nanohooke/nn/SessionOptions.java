// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * What a session must be able to do.
 *
 * @param mode           inference keeps no gradients and no optimiser state
 * @param maxBatch       largest number of images in one call
 * @param threads        threads that work on one call, the caller's included; results do not depend on it
 * @param instructionSet {@link #AUTO}, or one of {@link Backend#instructionSets()} that must be used
 */
public record SessionOptions(Mode mode, int maxBatch, int threads, String instructionSet) {

    /** The best instruction set that the machine and the library have. */
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
        if (instructionSet.isBlank()) {
            throw new IllegalArgumentException("the instruction set is a name or '" + AUTO + "', got an empty one");
        }
    }

    /** Inference on one thread with the best instruction set. */
    public static SessionOptions inference(int maxBatch) {
        return new SessionOptions(Mode.INFERENCE, maxBatch, 1, AUTO);
    }

    /** Training on one thread with the best instruction set. */
    public static SessionOptions training(int maxBatch) {
        return new SessionOptions(Mode.TRAINING, maxBatch, 1, AUTO);
    }

    public SessionOptions withThreads(int value) {
        return new SessionOptions(mode, maxBatch, value, instructionSet);
    }

    public SessionOptions withInstructionSet(String value) {
        return new SessionOptions(mode, maxBatch, threads, value);
    }
}
