// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

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
    HINGED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
