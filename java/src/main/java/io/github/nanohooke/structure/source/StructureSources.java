// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.StructureException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The families that there are. */
public final class StructureSources {
    private static final List<StructureSource> ALL = List.of(
            new PaperSource(Kind.CIRCLES), new PaperSource(Kind.RECTANGLES), new PaperSource(Kind.MIXED),
            new FamilySource(new Polygons()), new FamilySource(new Wrapped()),
            new FamilySource(new Lattices()), new FamilySource(new Foams()),
            new FamilySource(new Spinodals()), new FamilySource(new Slits()));

    private StructureSources() {
    }

    /** All of them, the paper's first. */
    public static List<StructureSource> all() {
        return ALL;
    }

    /** Names of the paper's three. */
    public static List<String> ofPaper() {
        return Arrays.stream(Kind.values()).map(Kind::label).toList();
    }

    /** Their names. */
    public static List<String> ids() {
        return ALL.stream().map(StructureSource::id).toList();
    }

    /** One of the paper's. */
    public static StructureSource of(Kind kind) {
        return of(kind.label());
    }

    /** @throws StructureException when there is none of this name */
    public static StructureSource of(String id) {
        return ALL.stream().filter(source -> source.id().equals(id)).findFirst()
                .orElseThrow(() -> new StructureException("unknown kind of structures '" + id + "'; there are "
                        + ids().stream().collect(Collectors.joining(", "))));
    }
}
