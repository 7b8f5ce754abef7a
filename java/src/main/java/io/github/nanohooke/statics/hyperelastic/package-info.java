// SPDX-License-Identifier: Apache-2.0
/**
 * Crystals at any deformation: atoms relaxed at a fixed deformation gradient, energy, stress and exact tangent.
 *
 * <p>Deformation gradients F_iJ = dx_i/dX_J, first Piola-Kirchhoff stresses P_iJ and tangents A_iJkL = dP_iJ/dF_kL are
 * flat arrays, row by row, in the axes of the input: 3 i + J, and 9 (3 i + J) + 3 k + L. GPa, per volume of the
 * reference.
 */
package io.github.nanohooke.statics.hyperelastic;
