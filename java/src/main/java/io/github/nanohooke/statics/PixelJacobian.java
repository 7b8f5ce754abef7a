// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;

/**
 * How the elastic constants of a structure change with the pixels of its picture: what a {@link TensorSource} that is
 * differentiable can tell beside tensors. Pixels lie as in the picture of the whole cell: row 0 is the upper one.
 */
public interface PixelJacobian {

    /** Pixels along an edge of the picture. */
    int resolution();

    /**
     * Derivatives of all constants by the value of every pixel, 1 where there is solid and 0 where there is none, as
     * if there were values in between; of the relaxed picture, where the source relaxes what it is given. Constants are
     * those along the picture's edges, which lie along x and y where the cell of the structure does.
     *
     * @return [constant][row * resolution + column] [GPa], constants in the order of
     *     {@link io.github.nanohooke.tensor.ElasticConstants}
     * @throws io.github.nanohooke.NanohookeException as {@link TensorSource#tensors} does
     */
    double[][] of(Atoms structure);
}
