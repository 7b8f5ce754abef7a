// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.FemException;

/**
 * Geometry and mesh of the beam.
 *
 * @param length       between the clamps [nm]
 * @param height       [nm]
 * @param displacement of the right side, downwards [nm]
 * @param increments   states on the way, evenly spaced
 * @param end          what else holds the right side
 * @param elementsX    nine-node elements along the beam, smaller towards the clamps
 * @param elementsY    nine-node elements across it, smaller towards the faces; even for a hinged end
 */
public record BeamOptions(double length, double height, double displacement, int increments, BeamEnd end,
        int elementsX, int elementsY) {
    /** The paper's beam, whose atoms' outermost planes are 405 nm apart. */
    public static final double PAPER_LENGTH = 405;

    /**
     * Distance of the innermost held planes of the beam of 1000 x 200 cells, of which four half planes are held on
     * either side: what the atoms between them feel.
     */
    public static final double HELD_PLANES_LENGTH = 996 * 0.405 + 0.2025;

    /** Share of the cosine in the spacing, see {@link io.github.nanohooke.fem.mesh.StructuredMesh}. */
    static final double GRADING_X = 0.95;
    static final double GRADING_Y = 0.9;

    public BeamOptions {
        if (!(length > 0 && height > 0 && Double.isFinite(length) && Double.isFinite(height))) {
            throw new FemException("length and height of the beam must be positive, got " + length + " x " + height
                    + " nm");
        }
        if (!Double.isFinite(displacement)) {
            throw new FemException("the displacement must be a finite number of nm, got " + displacement);
        }
        if (increments < 1) {
            throw new FemException("the path needs at least one increment, got " + increments);
        }
        if (elementsX < 1 || elementsY < 1) {
            throw new FemException("the mesh needs at least one element along each axis, got " + elementsX + " x "
                    + elementsY);
        }
    }

    /** 405 x 81 nm, 20 increments to 40 nm, a mesh whose force is 0.02 % from that of endlessly fine ones. */
    public static BeamOptions paper() {
        return new BeamOptions(PAPER_LENGTH, 81, 40, 20, BeamEnd.CLAMPED, 30, 10);
    }
}
