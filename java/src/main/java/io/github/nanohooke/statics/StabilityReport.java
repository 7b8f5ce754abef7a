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
 * @param solver            how equations with the Hessian were solved: {@code direct}, by its factor, or
 *                          {@code iterative}, without one, so that there are no pivots
 * @param smallestRitz      iterative: smallest Ritz value of the Hessian beside a network of springs, which is 1;
 *                          negative where a direction that lowers the energy was found; NaN else
 * @param certificateRitz   the same of the k_z = 1/3 block
 * @param missChance        the chance, at most, that a negative eigenvalue was missed; 0 where a factor decides
 * @param linearResidual    largest share of a right-hand side that a solution has left; 0 for a factor
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
        int cells,
        String solver,
        double smallestRitz,
        double certificateRitz,
        double missChance,
        double linearResidual) {

    /** By a factor of the Hessian. */
    public StabilityReport(String path, double smallestPivot, Boolean certificate, double certificatePivot,
            int islands, int islandAtoms, int droppedAtoms, boolean otherMinimumKnown, int cells) {
        this(path, smallestPivot, certificate, certificatePivot, islands, islandAtoms, droppedAtoms,
                otherMinimumKnown, cells, "direct", Double.NaN, Double.NaN, 0, 0);
    }
}
