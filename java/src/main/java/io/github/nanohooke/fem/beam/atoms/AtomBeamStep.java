// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

/**
 * A relaxed state of the beam.
 *
 * @param u            displacement of the right end, downwards [nm]
 * @param fy           force that moves it, per length along z [N/m]
 * @param fx           tension of the beam [N/m]
 * @param fyConsistent {@code fy} with the work of what forces are left on free atoms: its error is of second order
 *                     [N/m]
 * @param energy       [eV]
 * @param evaluations  of energy and forces
 * @param residual     that is left [sqrt(eV)]
 * @param seconds      wall time
 */
public record AtomBeamStep(double u, double fy, double fx, double fyConsistent, double energy, int evaluations,
        double residual, double seconds) {
}
