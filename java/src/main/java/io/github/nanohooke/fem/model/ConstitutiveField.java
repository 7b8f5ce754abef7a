// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import io.github.nanohooke.fem.law.MaterialLaw;

/** The material at every integration point. */
@FunctionalInterface
public interface ConstitutiveField {

    /**
     * The law at a point.
     *
     * @param element of the mesh, counted from 0
     * @param point   of the element, counted from 0
     */
    MaterialLaw at(int element, int point);

    /** The same material everywhere. */
    static ConstitutiveField uniform(MaterialLaw law) {
        return (element, point) -> law;
    }
}
