// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

/** How a deformation ended. */
public enum HyperelasticOutcome {
    /** Reached; atoms and cell resist every small change. */
    STABLE("reached and stable"),
    /** Reached; the atoms are stable, but the cell would give way to some strain if nothing held it. */
    CELL_UNSTABLE("reached; the atoms are stable, but some strain on top of it lowers the energy"),
    /** Reached with atoms that keep the cell's symmetry; a motion that breaks it lowers the energy. */
    SYMMETRY_UNSTABLE("reached; atoms that keep the cell's symmetry are at rest, but breaking it lowers the energy"),
    /** Not reached: on the way the atoms lose their stability. */
    BEYOND_INSTABILITY("not reached: on the way the atoms lose their stability; the numbers are the last stable"
            + " state's");

    private final String meaning;

    HyperelasticOutcome(String meaning) {
        this.meaning = meaning;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
