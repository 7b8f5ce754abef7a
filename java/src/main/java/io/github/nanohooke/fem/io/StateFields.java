// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.ContinuedPoints;

/**
 * What files and pictures tell of a state. Laws with a memory answer from where they are: take it when the state has
 * just been found.
 *
 * @param nodal     strain and stress
 * @param continued points beyond their last stable state; null where no law of the problem knows of such
 */
public record StateFields(NodalFields nodal, ContinuedPoints continued) {

    /** Of a state with these displacements; laws stay as they are. */
    public static StateFields of(Problem problem, double[] displacements) {
        return new StateFields(NodalFields.of(problem, displacements), ContinuedPoints.arePossible(problem)
                ? ContinuedPoints.of(problem, displacements) : null);
    }
}
