// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.ColumnGrid;
import io.github.nanohooke.structure.ColumnGrid.Piece;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.StructureException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Structures of a {@link Family}, by rules that all of them share.
 *
 * <p>The target porosity is uniform in the family's range, and pores are drawn until it is met to within
 * {@link #TOLERANCE}. There are no islands: pieces of solid that are bonded to nothing that goes on for ever are cut
 * out (of a solid that is cut in all directions the largest piece stays). Unless the family may cut it, the solid is
 * continuous along x and y. Structures that networks are tested by ({@link HeldOut}) are drawn again. Where
 * {@link #TRIES} draws in a row break a rule, the target is lowered by a tenth.
 */
record FamilySource(Family family) implements StructureSource {
    /** Draws for one target. */
    private static final int TRIES = 30;
    /** How far porosity may be from its target [percentage points]. */
    private static final double TOLERANCE = 2;
    private static final double LOWERED = 0.9;
    /** Far more than the way from the highest target to a single column takes. */
    private static final int MOST_TARGETS = 60;

    @Override
    public String id() {
        return family.id();
    }

    @Override
    public String description() {
        return family.description();
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> all = new TreeMap<>(family.parameters());
        all.put("lowestTarget", family.lowest());
        all.put("highestTarget", family.highest());
        return all;
    }

    @Override
    public Drawn draw(long seed, long index, Lattice lattice, Cells cells) {
        SplitMix64 random = SplitMix64.of(seed, index, family.code());
        CrystalBlock box = new CrystalBlock(lattice, cells);
        double target = random.nextDouble(family.lowest(), family.highest());
        double aim = target;
        for (int targets = 0; targets < MOST_TARGETS; targets++) {
            for (int i = 0; i < TRIES; i++) {
                Optional<PorousStructure> structure = structure(box.within(family.pores(random, aim, box)), aim, box);
                if (structure.isPresent()) {
                    return new Drawn(id(), seed, index, target, structure.get());
                }
            }
            aim *= LOWERED;
        }
        throw new StructureException("no structure of the kind '" + id() + "' fits into a box of " + box.lx() + " x "
                + box.ly() + " Å; take more cells");
    }

    private Optional<PorousStructure> structure(List<Pore> drawn, double aim, CrystalBlock box) {
        ColumnGrid grid = box.cut(drawn);
        List<Piece> pieces = grid.pieces();
        if (grid.removed() == 0 || pieces.isEmpty()) {
            return Optional.empty();
        }
        List<Pore> pores = new ArrayList<>(drawn);
        for (Piece island : islands(pieces)) {
            pores.addAll(grid.pores(island.columns()));
            grid = grid.without(island.columns());
        }
        boolean continuous = pieces.stream().anyMatch(piece -> piece.directions() == 2);
        if (!continuous && !family.mayCut() || Math.abs(grid.porosity() - aim) > TOLERANCE) {
            return Optional.empty();
        }
        PorousStructure structure = new PorousStructure(box.lattice(), box.cells(), pores);
        return HeldOut.reason(structure).isPresent() ? Optional.empty() : Optional.of(structure);
    }

    private static List<Piece> islands(List<Piece> pieces) {
        boolean goesOn = pieces.stream().anyMatch(piece -> piece.directions() > 0);
        Piece largest = pieces.stream().max(Comparator.comparingInt(piece -> piece.columns().length)).orElseThrow();
        return pieces.stream().filter(piece -> piece.directions() == 0 && (goesOn || piece != largest)).toList();
    }
}
