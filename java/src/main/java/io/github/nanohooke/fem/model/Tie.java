// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

/**
 * Nodes that move alike along an axis, by an amount that is not given: the end of a bar in a guide, for instance.
 *
 * @param nodeSet name of the set
 * @param axis    0, 1 or 2
 */
public record Tie(String nodeSet, int axis) {
}
