// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

/**
 * What a large crystal costs.
 *
 * @param threads         that work on it
 * @param springStiffness of a bond [eV/Å²]
 * @param factorEntries   numbers of the springs' factor if nothing repeated itself
 * @param keptEntries     numbers that are kept
 * @param evaluations     of energy and forces so far
 * @param secondsForces   wall time of these in relaxations
 * @param secondsSolve    of solutions with the springs
 * @param secondsSprings  of making and factorising them
 */
public record LargeFacts(int threads, double springStiffness, long factorEntries, long keptEntries, int evaluations,
        double secondsForces, double secondsSolve, double secondsSprings) {
}
