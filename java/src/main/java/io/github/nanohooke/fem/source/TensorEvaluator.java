// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.source;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;

/** Elastic tensors of many structures. For one thread. */
public interface TensorEvaluator extends AutoCloseable {

    /**
     * Tensors [GPa], in the order of the structures.
     *
     * @throws io.github.nanohooke.fem.FemException when one is unstable or does not relax
     */
    List<ElasticTensor> tensors(List<Atoms> structures);

    /** What the tensors depend on beside the structure: method and model, for the keys of a cache. */
    String identity();

    /** Structures that it likes to be given at once. */
    int batch();

    @Override
    void close();
}
