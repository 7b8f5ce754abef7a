// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

import java.util.List;

/** Evaluates laws at many points at a time, on all cores. */
public interface PointBatch {

    /**
     * Leads points to deformations; afterwards each law knows energy, stress and tangent there.
     *
     * @param laws each once, all of this batch
     * @param f    9 numbers of a deformation gradient a law
     */
    void evaluate(List<? extends BatchedLaw> laws, double[] f);
}
