// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

/**
 * A force that a set of nodes carries at the end of a step, the same at each of them; it stays until it is given anew.
 *
 * @param nodeSet name of the set
 * @param axis    0, 1 or 2
 * @param total   sum over the set: [N/m] in the plane, [nN] in three dimensions
 */
public record Force(String nodeSet, int axis, double total) {
}
