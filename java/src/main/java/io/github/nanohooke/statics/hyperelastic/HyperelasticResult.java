// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;

/**
 * A crystal at a deformation, its atoms at rest.
 *
 * @param outcome     whether the asked deformation was reached, and is stable
 * @param explanation what happened, for people
 * @param asked       deformation gradient that was asked for, 9 numbers
 * @param deformation the one that all numbers here are of: {@code asked}, or the last stable one on the way to it
 * @param fraction    of the way in the Green strain that was gone, 0 to 1
 * @param energy      W per volume of the reference [GPa]
 * @param piola       first Piola-Kirchhoff stress P = dW/dF [GPa], 9 numbers
 * @param cauchy      stress in the deformed state [GPa], 9 numbers, symmetric
 * @param tangent     A = dP/dF [GPa], 81 numbers, symmetric
 * @param atomStability smallest eigenvalue of the energy's second derivatives by the atoms' positions [eV/Å²]; those
 *                    of the cell's own period, translations left out
 * @param breaksInversion whether that softest motion breaks the cell's inversion symmetry
 * @param softestMotion displacements of that motion, three an atom, of unit length
 * @param cellStability smallest eigenvalue of the energy's second derivatives by strains on top of this deformation,
 *                    the atoms following [GPa], Kelvin's notation; without stress that of the elastic tensor
 * @param from        where the way began: {@code undeformed} or the deformation before
 * @param steps       on the way
 * @param evaluations of the energy and its second derivatives
 * @param atoms       deformed
 * @param seconds     wall time [s]
 */
public record HyperelasticResult(HyperelasticOutcome outcome, String explanation, double[] asked, double[] deformation,
        double fraction, double energy, double[] piola, double[] cauchy, double[] tangent, double atomStability,
        boolean breaksInversion, double[] softestMotion, double cellStability, String from, int steps,
        long evaluations, Atoms atoms, double seconds) {

    /** A as 9 rows of 9. */
    public double[][] tangentRows() {
        double[][] rows = new double[9][9];
        for (int q = 0; q < 9; q++) {
            System.arraycopy(tangent, 9 * q, rows[q], 0, 9);
        }
        return rows;
    }

    /**
     * The energy's second derivatives by strains on top of this deformation, the atoms following [GPa]; undeformed the
     * elastic tensor.
     */
    public ElasticTensor tensor() {
        return ElasticTensor.of(Deformations.onTop(deformation, tangent));
    }

    /**
     * The strain on top of this deformation that {@link #cellStability()} belongs to: 11, 22, 33, 23, 13, 12, unit
     * length.
     */
    public double[] softestStrain() {
        return tensor().softestStrain();
    }

    /** Mean of the Cauchy stress along the axes, with the sign of a pressure [GPa]. */
    public double pressure() {
        return -(cauchy[0] + cauchy[4] + cauchy[8]) / 3;
    }
}
