// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.network;

/** A library that holds one {@link NetworkWorkload} ready and computes it. An instance belongs to one thread. */
public interface NetworkEngine extends AutoCloseable {

    /** Library, version, form of the computation, threads: for the log. */
    String describe();

    /** Inference of all images: [image][output]. */
    float[] infer();

    /**
     * One training step on all images: mean squared error, gradients, Adam (0.9, 0.999, 1e-7).
     *
     * @return the loss before the step
     */
    double trainStep();

    @Override
    void close();

    /** Makes engines of one name; found by {@link java.util.ServiceLoader}. */
    interface Provider {

        /** For the benchmarks' parameter {@code engine}. */
        String name();

        /** Whether its engines have training steps. */
        boolean trains();

        /**
         * @param threads  threads that one call may use
         * @param training whether {@link NetworkEngine#trainStep} will be called, or {@link NetworkEngine#infer};
         *                 only where {@link #trains}
         */
        NetworkEngine open(NetworkWorkload workload, int threads, boolean training);
    }
}
