// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What holds the right side of the beam while it is moved down; the paper does not say. */
public enum BeamEnd {
    /** Nothing but the given displacement moves: no rotation, no sliding. The only one with the paper's forces. */
    CLAMPED,
    /** The side stays upright and slides along x, all of it alike. */
    GUIDED,
    /** Each node slides along x as it likes: the side may turn. */
    FREE,
    /** The side may turn about its middle, which stays at its place along x. */
    HINGED,
    /** The middle alone is moved, and nothing else is held. */
    MIDDLE,
    /** The middle alone is moved, and stays at its place along x. */
    PINNED;

    private static final String SIDE = "right";
    private static final String POINT = "right-middle";

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the set of nodes that is moved. */
    String moved() {
        return this == MIDDLE || this == PINNED ? POINT : SIDE;
    }

    /** What is given at both ends of a beam whose left is clamped [nm]. */
    List<Displacement> given(double downwards) {
        List<Displacement> given = new ArrayList<>(List.of(new Displacement("left", 0, 0),
                new Displacement("left", 1, 0), new Displacement(moved(), 1, -downwards)));
        if (this == CLAMPED) {
            given.add(new Displacement(SIDE, 0, 0));
        } else if (this == HINGED || this == PINNED) {
            given.add(new Displacement(POINT, 0, 0));
        }
        return given;
    }

    void tie(Problem.Builder beam) {
        if (this == GUIDED) {
            beam.tie(SIDE, 0);
        }
    }
}
