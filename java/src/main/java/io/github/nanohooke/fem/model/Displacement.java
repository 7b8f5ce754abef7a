// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

/**
 * A displacement that all nodes of a set reach at the end of a step; it stays in later ones until it is given anew.
 *
 * @param nodeSet  name of the set
 * @param axis     0, 1 or 2
 * @param value    [nm]
 * @param fromHere whether it counts from where each node is when the step begins, not from the undeformed part; zero
 *                 then holds nodes where they are
 */
public record Displacement(String nodeSet, int axis, double value, boolean fromHere) {

    /** From the undeformed part. */
    public Displacement(String nodeSet, int axis, double value) {
        this(nodeSet, axis, value, false);
    }
}
