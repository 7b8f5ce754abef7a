// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import java.util.Map;
import java.util.TreeMap;

/** The three kinds of the paper's section 2, see {@link RandomStructures}. */
record PaperSource(Kind kind) implements StructureSource {

    @Override
    public String id() {
        return kind.label();
    }

    @Override
    public String description() {
        return switch (kind) {
            case CIRCLES -> "circles, 4 Å from the box's edges (the paper's)";
            case RECTANGLES -> "upright rectangles, 4 Å from the box's edges (the paper's)";
            case MIXED -> "circles and upright rectangles, 4 Å from the box's edges (the paper's)";
        };
    }

    @Override
    public Map<String, Object> parameters() {
        Sizes sizes = Sizes.defaults();
        return new TreeMap<>(Map.of("minRadius", sizes.minRadius(), "maxRadius", sizes.maxRadius(),
                "minSide", sizes.minSide(), "maxSide", sizes.maxSide(), "margin", sizes.margin()));
    }

    @Override
    public Drawn draw(long seed, long index, Lattice lattice, Cells cells) {
        RandomStructures.Sample sample = RandomStructures.draw(kind, seed, index, lattice, cells, Sizes.defaults());
        return new Drawn(id(), seed, index, sample.targetPorosity(), sample.structure());
    }
}
