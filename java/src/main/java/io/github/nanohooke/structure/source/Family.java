// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Pore;
import java.util.List;
import java.util.Map;

/** How pores of one family are drawn; {@link FamilySource} makes structures of them. */
interface Family {

    /** See {@link StructureSource#id()}. */
    String id();

    /** Part of the random stream's key, so it must not change. */
    long code();

    /** See {@link StructureSource#description()}. */
    String description();

    /** Lowest porosity that is aimed for [%]. */
    double lowest();

    /** Highest porosity that is aimed for [%]. */
    double highest();

    /** Whether pores may cut the solid in two. */
    default boolean mayCut() {
        return false;
    }

    /** See {@link StructureSource#parameters()}; the range of porosities is told by others. */
    Map<String, Object> parameters();

    /**
     * A try.
     *
     * @param target porosity [%]; pores that miss it are drawn again
     */
    List<Pore> pores(SplitMix64 random, double target, CrystalBlock box);
}
