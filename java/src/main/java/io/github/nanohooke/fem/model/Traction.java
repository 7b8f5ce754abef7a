// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

/**
 * A load per reference area along an axis, on the boundary faces all of whose nodes are in a set, reached at the end of
 * a step; it keeps its direction (a dead load) and stays until it is given anew.
 *
 * @param nodeSet name of the set
 * @param axis    0, 1 or 2
 * @param value   [GPa]
 */
public record Traction(String nodeSet, int axis, double value) {
}
