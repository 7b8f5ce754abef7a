// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.util.Map;

/**
 * A family of random structures. A structure is a pure function of family, seed, index, lattice and cells: the same on
 * every machine and in any order.
 */
public interface StructureSource {

    /** The name that files and the command line use: one word of small letters. */
    String id();

    /** What its structures are, on one line. */
    String description();

    /** Every number that its structures depend on, by name; a change of one is another family to a dataset. */
    Map<String, Object> parameters();

    /**
     * One structure.
     *
     * @throws io.github.nanohooke.structure.StructureException when the box is too small for the family, or its lattice
     *                                                          is none that the family knows
     */
    Drawn draw(long seed, long index, Lattice lattice, Cells cells);

    /**
     * A structure and what it was drawn from.
     *
     * @param source         the family's {@link #id()}
     * @param seed           the seed
     * @param index          the number of the structure under this seed
     * @param targetPorosity what was aimed for [%]; {@link PorousStructure#porosity()} tells what was reached
     * @param structure      what came out
     */
    record Drawn(String source, long seed, long index, double targetPorosity, PorousStructure structure) {
    }
}
