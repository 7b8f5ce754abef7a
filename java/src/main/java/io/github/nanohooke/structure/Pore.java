// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * The cross-section of a pore, extruded along z without end. Coordinates in Å from the lower corner of the box.
 * Immutable; implementations refuse numbers that make no sense when they are made.
 */
public sealed interface Pore permits Circle, Rectangle, Polygon {

    /** How far outside of a pore an atom may lie and still count as on its boundary [Å]. */
    double TOLERANCE = 1e-6;

    /**
     * Whether a point lies inside, or on the boundary to within a distance. No periodic images: the pore is where it
     * says it is.
     *
     * @param x         [Å]
     * @param y         [Å]
     * @param tolerance distance from the boundary that still counts as inside [Å], not negative; for a rectangle it is
     *                  measured along x and y
     */
    boolean contains(double x, double y, double tolerance);

    /** The smallest upright rectangle around the pore: xmin, xmax, ymin, ymax [Å]. */
    double[] bounds();

    /** The area of the cross-section [Å²]. */
    double area();
}
