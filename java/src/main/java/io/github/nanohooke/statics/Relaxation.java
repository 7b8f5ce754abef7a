// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;

/**
 * Where a relaxation ended, without a tensor.
 *
 * @param atoms          atoms and cell, a pure stretch of the given cell in its axes
 * @param converged      whether force and stress tolerances were reached
 * @param energy         potential energy [eV]
 * @param maxForce       largest force component [eV/Å]
 * @param residualStress largest stress component [GPa]
 * @param evaluations    force evaluations
 * @param seconds        wall time [s]
 * @param cpuSeconds     processor time [s]
 */
public record Relaxation(
        Atoms atoms,
        boolean converged,
        double energy,
        double maxForce,
        double residualStress,
        long evaluations,
        double seconds,
        double cpuSeconds) {
}
