// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

/**
 * How a relaxation ended.
 *
 * @param converged   both criteria of the target are met
 * @param iterations  of L-BFGS
 * @param evaluations of energy and forces
 * @param residual    sqrt(f P⁻¹ f) [sqrt(eV)]
 * @param imbalance   sum of the free atoms' forces along y [eV/Å]
 * @param largest     component of their forces [eV/Å]
 * @param energy      [eV]
 */
public record LargeRelaxation(boolean converged, int iterations, int evaluations, double residual, double imbalance,
        double largest, double energy) {
}
