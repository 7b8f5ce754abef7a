// SPDX-License-Identifier: Apache-2.0
/**
 * Constitutive laws of large elastic deformations: what a part's material answers to a deformation gradient. Stresses
 * and moduli in GPa, energies in GPa (per reference volume).
 */
package io.github.nanohooke.fem.law;
