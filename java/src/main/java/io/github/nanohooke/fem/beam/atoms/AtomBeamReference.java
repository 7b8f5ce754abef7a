// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import java.util.Locale;

/** What the atoms of the beam's ends are held at. */
public enum AtomBeamReference {
    /** The whole beam is relaxed freely; its end atoms are then held where they are. No force at no displacement. */
    FREE,
    /** Lattice sites. The free beam is shorter, by its pores and faces, so this one is under tension from the start. */
    CLAMPED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
