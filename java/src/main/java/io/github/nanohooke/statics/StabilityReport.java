// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * What a route with exact second derivatives knows of its minimum beyond the tensor.
 *
 * @param path              how the minimum was found: {@code planar}, {@code general} or {@code three-cell}
 * @param smallestPivot     smallest pivot of the Hessian's Cholesky factor [eV/Å²]; NaN where not computed. Its sign
 *                          tells whether the minimum is stable; its size depends on the order of elimination
 *                          and is no eigenvalue, so no measure of how stable it is
 * @param certificate       whether the k_z = 1/3 block is positive definite, so that one cell along z stands for the
 *                          paper's three; {@code null} where not computed
 * @param certificatePivot  smallest, or first non-positive, pivot of that block [eV/Å²]; NaN where not computed
 * @param islands           groups of atoms that are not connected to the percolating solid
 * @param islandAtoms       atoms in them
 * @param droppedAtoms      island atoms that were removed before the calculation
 * @param otherMinimumKnown whether the calculation came across another minimum
 * @param cells             lattice cells along z that the minimum has, in units of the given structure
 */
public record StabilityReport(
        String path,
        double smallestPivot,
        Boolean certificate,
        double certificatePivot,
        int islands,
        int islandAtoms,
        int droppedAtoms,
        boolean otherMinimumKnown,
        int cells) {
}
