// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import java.util.Optional;

/**
 * A structure that a network is asked of.
 *
 * @param given  its atoms, before any relaxation
 * @param design lattice and pores, where more is known of it than atoms
 */
record AskedStructure(Atoms given, Optional<PorousStructure> design) {

    static AskedStructure of(Atoms atoms) {
        return new AskedStructure(atoms, Optional.empty());
    }

    static AskedStructure of(PorousStructure structure) {
        return new AskedStructure(structure.atoms(), Optional.of(structure));
    }

    /** Why no network answers, for people; empty where one may. */
    Optional<String> refusal() {
        return StructureCheck.refusal(given.cell());
    }

    /**
     * With the disks of the lattice that the atoms stood on before they relaxed, as in the images of training data.
     *
     * @param atoms those that were given, or what they relaxed to
     */
    StructureImage image(Atoms atoms, int resolution) {
        return StructureImage.of(atoms, resolution, resolution, design.map(d -> d.lattice().diskRadius())
                .orElseGet(() -> StructureImage.diskRadius(given)));
    }
}
