// SPDX-License-Identifier: Apache-2.0
/**
 * What bare atoms are, of which nothing but positions and a cell is known: whether every method refuses them
 * ({@link io.github.nanohooke.structure.atoms.PlausibleAtoms}), what is connected with what
 * ({@link io.github.nanohooke.structure.atoms.Connectivity}), whether they repeat along z
 * ({@link io.github.nanohooke.structure.atoms.Extrusion}), and which way a cubic crystal lies
 * ({@link io.github.nanohooke.structure.atoms.CubeAxes}).
 */
package io.github.nanohooke.structure.atoms;
