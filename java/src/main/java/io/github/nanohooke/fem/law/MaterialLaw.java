// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * An elastic material at one point: deformation gradient in, energy, stress and tangent out. Immutable, for any number
 * of threads.
 *
 * <p>The deformation gradient F = dx/dX is given row by row, f[3 i + J] = F_iJ; so is the first Piola-Kirchhoff stress
 * P_iJ, the force along i per reference area normal to J. An F that maps a volume to nothing or inside out
 * (det F &lt;= 0) has no stress: the laws then answer NaN, and a solver takes a shorter step.
 */
public interface MaterialLaw {

    /** Name for results and messages, as in problem files. */
    String name();

    /**
     * Elastic energy W(F) per reference volume [GPa]; NaN for a law without one, see {@link #hasEnergy()}.
     *
     * @param f 9 components of F
     */
    double energy(double[] f);

    /**
     * First Piola-Kirchhoff stress.
     *
     * @param f 9 components of F
     * @param p receives the 9 components of P [GPa]
     */
    void stress(double[] f, double[] p);

    /**
     * Stress and its derivative.
     *
     * @param f 9 components of F
     * @param p receives the 9 components of P [GPa]
     * @param a receives dP_iJ/dF_kL [GPa] at 9 (3 i + J) + 3 k + L, 81 components
     */
    void tangent(double[] f, double[] p, double[] a);

    /** Whether the stress is the derivative of an energy; the tangent is symmetric then. */
    default boolean hasEnergy() {
        return true;
    }

    /** Whether a rotation costs nothing: W(RF) = W(F). A law of small displacements is not objective. */
    default boolean isObjective() {
        return true;
    }
}
