// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.structure.SquareSymmetry;

/**
 * Samples to train on: square binary images of one channel with their targets. A session is given it once; a device
 * copies it then, others read it as they go, so it must not change as long as a session has it.
 */
public interface TrainingSet {

    /** Number of samples. */
    int size();

    /** The image of a sample in the form of {@link ImageBatch#bits}; read only. */
    byte[] image(int sample);

    /**
     * The targets of a sample whose image is moved by a symmetry.
     *
     * @param targets receives one number an output, from an offset; what they are compared with is {@link Head}'s value
     */
    void targets(int sample, SquareSymmetry symmetry, float[] targets, int offset);
}
