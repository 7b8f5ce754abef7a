// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

/**
 * When a relaxation is over. A largest force says little about large crystals: soft long waves carry the reaction.
 *
 * @param residual      of sqrt(f P⁻¹ f), with the forces f of the free atoms and the springs' matrix P [sqrt(eV)]
 * @param balance       of the sum of the free atoms' forces along y over that of the reaction group
 * @param mostIterations after which it is given up
 */
public record LargeTarget(double residual, double balance, int mostIterations) {
}
