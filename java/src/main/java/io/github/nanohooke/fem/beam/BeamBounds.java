// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

/**
 * What bounds the porous part of a beam of unit cells. With any of them the beam is drawn on its perfect lattice, let
 * go first, and then held where its ends are, as the beam of all atoms is.
 *
 * @param faces     upper and lower face have the surface stress and elasticity of atoms
 * @param solidEnds between the held planes and the first pores lies solid crystal, as do the held blocks themselves
 */
public record BeamBounds(boolean faces, boolean solidEnds) {
    /** Unit cells from clamp to clamp and from face to face, nothing else. */
    public static final BeamBounds NONE = new BeamBounds(false, false);

    boolean any() {
        return faces || solidEnds;
    }
}
