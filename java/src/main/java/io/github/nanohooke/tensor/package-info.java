// SPDX-License-Identifier: Apache-2.0
/**
 * Elastic tensors: their constants, rotations, moduli, and the axes in which they are told. GPa; Voigt order 11, 22,
 * 33, 23, 13, 12 with engineering shear.
 */
package io.github.nanohooke.tensor;
