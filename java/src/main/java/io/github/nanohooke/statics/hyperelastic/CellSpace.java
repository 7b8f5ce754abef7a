// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

/** Which deformations a cell is for. */
public enum CellSpace {
    /** Any. */
    SOLID,
    /**
     * Of cells extruded along z, those without shear along z: atoms keep to their two mirror planes, which takes a
     * third to a half of the time.
     */
    PLANE
}
