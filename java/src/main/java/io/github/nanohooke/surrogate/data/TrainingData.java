// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.tensor.ConstantBasis;
import io.github.nanohooke.tensor.TensorFrame;

/** Images with their elastic constants, to train on or to measure a network by. Read by one thread. */
public interface TrainingData {

    /** Number of samples. */
    int size();

    /** The relaxed structure of sample i: square, all samples of one size. */
    StructureImage image(int i);

    /** What {@link #constants} are. */
    default ConstantBasis basis() {
        return ConstantBasis.EXTRUDED;
    }

    /** Its constants [GPa], those of {@link #basis()}. */
    double[] constants(int i);

    /** The axes of the constants. */
    TensorFrame frame();

    /** A text that changes with the samples, for example a hash: a run is resumed only on the same data. */
    String fingerprint();
}
