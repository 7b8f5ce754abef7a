// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.ColumnGrid;
import io.github.nanohooke.structure.ColumnGrid.Piece;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cases that the paper shows its network by, wherever they lie in the cell and whatever their size: they are no
 * training data. Figs. 4 and 5: one square, equal squares on an even grid, one triangle, two equal squares, two equal
 * rectangles; fig. 6: a slit of two cells' width. What counts is which atoms are missing, so that squares of any
 * coordinates are told as such.
 */
public final class HeldOut {
    private static final int SLIT_COLUMNS = 4;

    private HeldOut() {
    }

    /** A rectangular pore: columns along x and y. */
    private record Block(int x, int y, int width, int height) {
        boolean sameSize(Block other) {
            return width == other.width && height == other.height;
        }
    }

    /** Which case a structure is, for people; empty for one to train with. */
    public static Optional<String> reason(PorousStructure structure) {
        if (structure.lattice().kind() != Lattice.Kind.FCC) {
            return Optional.empty();
        }
        ColumnGrid grid = ColumnGrid.of(structure);
        if (structure.pores().stream().anyMatch(pore -> isTriangle(pore) && removes(pore, structure, grid))) {
            return Optional.of("one triangle (fig. 5)");
        }
        List<Piece> holes = grid.holes();
        List<Block> blocks = holes.stream().map(hole -> block(hole, grid)).flatMap(Optional::stream).toList();
        if (blocks.isEmpty() || blocks.size() < holes.size()
                || !blocks.stream().allMatch(block -> block.sameSize(blocks.get(0)))) {
            return Optional.empty();
        }
        Block first = blocks.get(0);
        boolean square = first.width == first.height;
        if (blocks.size() == 1) {
            boolean slit = Math.min(first.width, first.height) == SLIT_COLUMNS && !square;
            return square ? Optional.of("one square (fig. 5)")
                    : slit ? Optional.of("a slit of two cells' width (fig. 6)") : Optional.empty();
        }
        if (blocks.size() == 2) {
            return Optional.of(square ? "two equal squares (fig. 5)" : "two equal rectangles (fig. 5)");
        }
        return square && onGrid(blocks, grid) ? Optional.of("equal squares on an even grid (fig. 4)")
                : Optional.empty();
    }

    private static boolean isTriangle(Pore pore) {
        return pore instanceof Polygon polygon && polygon.vertices().size() == 3;
    }

    /** Whether a pore removes all that is missing: others may be too small to meet a column, or lie in this one. */
    private static boolean removes(Pore pore, PorousStructure structure, ColumnGrid grid) {
        return ColumnGrid.of(structure.lattice(), structure.cells(), List.of(pore)).removed() == grid.removed();
    }

    /** The rectangle that a hole fills; empty where it fills none. */
    private static Optional<Block> block(Piece hole, ColumnGrid grid) {
        Set<Integer> columns = new HashSet<>();
        for (int column : hole.columns()) {
            columns.add(column);
        }
        int[] x = run(columns, grid, true);
        int[] y = run(columns, grid, false);
        return x[1] * y[1] == hole.columns().length ? Optional.of(new Block(x[0], y[0], x[1], y[1]))
                : Optional.empty();
    }

    /** First place and length of what a hole covers along an axis, across the edge where it goes on there. */
    private static int[] run(Set<Integer> columns, ColumnGrid grid, boolean alongX) {
        int size = alongX ? grid.width() : grid.height();
        boolean[] covered = new boolean[size];
        for (int column : columns) {
            covered[alongX ? column % grid.width() : column / grid.width()] = true;
        }
        int count = 0;
        int first = 0;
        for (int k = 0; k < size; k++) {
            count += covered[k] ? 1 : 0;
            if (covered[k] && !covered[Math.floorMod(k - 1, size)]) {
                first = k;
            }
        }
        return new int[] {first, count};
    }

    private static boolean onGrid(List<Block> blocks, ColumnGrid grid) {
        int perEdge = (int) Math.round(Math.sqrt(blocks.size()));
        if (perEdge * perEdge != blocks.size() || grid.width() % perEdge != 0 || grid.height() % perEdge != 0) {
            return false;
        }
        int dx = grid.width() / perEdge;
        int dy = grid.height() / perEdge;
        return blocks.stream().allMatch(block -> (block.x - blocks.get(0).x) % dx == 0
                && (block.y - blocks.get(0).y) % dy == 0);
    }
}
