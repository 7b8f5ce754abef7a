// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

/**
 * Memory that the convolutions of a network take in turn.
 *
 * @param expansion of an {@link Expansion}
 * @param result    of a product, or its derivative
 * @param other     of the derivative by the input; null without training
 */
record Scratch(FloatBlock expansion, FloatBlock result, FloatBlock other) {
}
