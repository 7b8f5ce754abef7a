// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * A law with a state of its own at one point, which is best asked together with those of many others: a solver hands
 * all deformation gradients of an iterate to the {@link PointBatch} first; {@link #tangent} and its companions then
 * answer from what is known where they are asked for the same gradient, to the bit.
 */
public interface BatchedLaw extends ContinuedLaw {

    /** What evaluates this law and others of its kind. */
    PointBatch batch();

    @Override
    BatchedLaw copy();
}
