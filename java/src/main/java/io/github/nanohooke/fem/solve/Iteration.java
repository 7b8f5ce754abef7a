// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/**
 * An iteration of Newton's method on the way to a state.
 *
 * @param step       number of the step, from 0
 * @param fraction   of the step's way, 0 to 1, at which a state is looked for
 * @param number     from 0, the first guess, at each try
 * @param unbalanced largest force that is left, as a multiple of what is allowed; no number where an element has none
 */
public record Iteration(int step, double fraction, int number, double unbalanced) {
}
