// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import java.util.Objects;

/**
 * How an {@link ElasticSurrogate} computes. None of the options but {@code average} and {@code resample} changes a
 * result beyond the rounding of another backend, instruction set, device or precision.
 *
 * @param backend        name of the network backend, see {@link io.github.nanohooke.nn.Backends}
 * @param instructionSet {@link SessionOptions#AUTO}, or one of the backend's that must be used
 * @param device         {@link SessionOptions#AUTO}, or one of the backend's that must be used
 * @param precision      how products are rounded, one of the backend's
 * @param threads        threads that share the images of one call, the caller's included
 * @param sessions       calls that may compute at once; opened when first needed, each with its own parameters and
 *                       threads. One is right for few callers with many images each; for many callers with one image
 *                       each, take as many sessions as callers and one thread
 * @param batch          images that go through the network together; larger calls are done in pieces of that size, so
 *                       it bounds the memory. With {@code average} an image counts eight times; a piece has one
 *                       structure in its eight orientations at least, whatever smaller batch is given
 * @param average        whether a prediction is the mean over the eight symmetries of the square, each turned back:
 *                       eight times the work for a tensor that turns exactly as the structure does
 * @param resample       whether images of another size are resampled to the network's, in place of an error
 */
public record SurrogateOptions(String backend, String instructionSet, String device, Precision precision, int threads,
        int sessions, int batch, boolean average, boolean resample) {

    private static final String BACKEND = "cpu";
    private static final int BATCH = 32;

    /** @throws IllegalArgumentException when a number is not positive or a name is empty */
    public SurrogateOptions {
        if (backend.isBlank() || instructionSet.isBlank() || device.isBlank()) {
            throw new IllegalArgumentException("backend, instruction set and device are names, got '" + backend
                    + "', '" + instructionSet + "' and '" + device + "'");
        }
        Objects.requireNonNull(precision, "precision");
        if (threads < 1 || sessions < 1 || batch < 1) {
            throw new IllegalArgumentException("threads, sessions and batch must be at least 1, got " + threads + ", "
                    + sessions + " and " + batch);
        }
    }

    /** Backend {@code cpu}, all processors, one session, batches of 32, no average, no resampling. */
    public static SurrogateOptions defaults() {
        return new SurrogateOptions(BACKEND, SessionOptions.AUTO, SessionOptions.AUTO, Precision.FP32,
                Runtime.getRuntime().availableProcessors(), 1, BATCH, false, false);
    }

    public SurrogateOptions withBackend(String value) {
        return new SurrogateOptions(value, instructionSet, device, precision, threads, sessions, batch, average,
                resample);
    }

    public SurrogateOptions withInstructionSet(String value) {
        return new SurrogateOptions(backend, value, device, precision, threads, sessions, batch, average, resample);
    }

    public SurrogateOptions withDevice(String value) {
        return new SurrogateOptions(backend, instructionSet, value, precision, threads, sessions, batch, average,
                resample);
    }

    public SurrogateOptions withPrecision(Precision value) {
        return new SurrogateOptions(backend, instructionSet, device, value, threads, sessions, batch, average,
                resample);
    }

    public SurrogateOptions withThreads(int value) {
        return new SurrogateOptions(backend, instructionSet, device, precision, value, sessions, batch, average,
                resample);
    }

    public SurrogateOptions withSessions(int value) {
        return new SurrogateOptions(backend, instructionSet, device, precision, threads, value, batch, average,
                resample);
    }

    public SurrogateOptions withBatch(int value) {
        return new SurrogateOptions(backend, instructionSet, device, precision, threads, sessions, value, average,
                resample);
    }

    public SurrogateOptions withAverage(boolean value) {
        return new SurrogateOptions(backend, instructionSet, device, precision, threads, sessions, batch, value,
                resample);
    }

    public SurrogateOptions withResample(boolean value) {
        return new SurrogateOptions(backend, instructionSet, device, precision, threads, sessions, batch, average,
                value);
    }
}
