// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.structure;

import io.github.nanohooke.structure.source.StructureSources;
import java.util.ArrayList;

/** The names of the families of structures, for help and completion. */
public final class StructureKinds extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    /** All of them. */
    public StructureKinds() {
        super(StructureSources.ids());
    }
}
