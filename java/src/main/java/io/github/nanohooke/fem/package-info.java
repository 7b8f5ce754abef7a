// SPDX-License-Identifier: Apache-2.0
/**
 * Finite elements for large elastic deformations, whose material is a measured or predicted elastic tensor: laws
 * ({@code fem.law}), meshes ({@code fem.mesh}), problems ({@code fem.model}), their solution ({@code fem.solve}), files
 * ({@code fem.io}) and the beam of the paper's Fig. 7 ({@code fem.beam}).
 *
 * <p>Units throughout: nm and GPa. Forces are then nN in three dimensions and N/m, per length along z, in the plane;
 * energies 1e-18 J and 1e-9 J/m.
 */
package io.github.nanohooke.fem;
