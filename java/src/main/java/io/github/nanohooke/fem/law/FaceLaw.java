// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.law;

/**
 * The excess of a free face over the material behind it, as a thread without thickness has it: energy per length along
 * the undeformed face (of a plane section, and per length along z) as a function of the Green strain E along it. Its
 * first derivative is the surface stress, its second the surface elasticity; all in N/m = GPa nm. Immutable, for any
 * number of threads.
 */
public interface FaceLaw {

    /** Name for results and messages. */
    String name();

    /** Whether it is that of faces along x in the undeformed part alone, as a crystal's is, and not of any face. */
    default boolean isAlongX() {
        return false;
    }

    /**
     * Energy, surface stress, surface elasticity.
     *
     * @param strain E = (stretch^2 - 1) / 2
     * @return the excess energy [N/m, 1e-9 J/m of length along z a nm], its first and its second derivative
     */
    double[] at(double strain);
}
