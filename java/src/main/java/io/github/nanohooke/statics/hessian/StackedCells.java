// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.NeighbourGrid;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.Arrays;
import java.util.Optional;

/**
 * Atoms that repeat exactly along c, which stands upright on a and b: one cell of them, and the way back to the whole
 * stack. An extruded structure of three cells has the tensor of one cell wherever the k_z = 1/3 certificate holds, at a
 * fraction of the work.
 */
final class StackedCells {
    /** Places that differ by no more count as the same [Å]; lattice sites are exact to some 1e-14. */
    private static final double SAME = 1e-9;

    private final Atoms one;
    private final int count;
    /** For every atom of the stack: its atom in the one cell, and the vectors a, b, c of that cell between the two. */
    private final int[] origin;
    private final int[][] shift;

    private StackedCells(Atoms one, int count, int[] origin, int[][] shift) {
        this.one = one;
        this.count = count;
        this.origin = origin;
        this.shift = shift;
    }

    /** The stack of {@code count} equal cells that these atoms are; empty where they are none. */
    static Optional<StackedCells> of(Atoms atoms, int count) {
        Box box = RestrictedFrame.of(atoms.cell()).box();
        if (atoms.count() % count != 0 || Math.abs(box.xz()) > SAME || Math.abs(box.yz()) > SAME) {
            return Optional.empty();
        }
        Cell cell = atoms.cell().scaled(1, 1, 1.0 / count);
        double[] given = atoms.positions();
        NeighbourGrid folded = new NeighbourGrid(atoms.moved(cell, given), SAME);
        int[] origin = new int[atoms.count()];
        int[][] shift = new int[atoms.count()][];
        Arrays.fill(origin, -1);
        double[] positions = new double[given.length / count];
        int groups = 0;
        for (int i = 0; i < origin.length; i++) {
            if (origin[i] >= 0) {
                continue;
            }
            if (groups == positions.length / 3) {
                return Optional.empty();
            }
            int first = i;
            int group = groups++;
            origin[i] = group;
            shift[i] = new int[3];
            System.arraycopy(given, 3 * i, positions, 3 * group, 3);
            folded.visit(i, (other, dx, dy, dz) -> {
                origin[other] = group;
                shift[other] = between(cell, given, first, other);
                return true;
            });
        }
        return isWhole(origin, shift, groups, count) ? Optional.of(new StackedCells(
                Atoms.of(atoms.elements().get(0), cell, positions), count, origin, shift)) : Optional.empty();
    }

    /** Vectors of the cell, in whole numbers, from one atom to another that is its image. */
    private static int[] between(Cell cell, double[] positions, int from, int to) {
        double x = positions[3 * to] - positions[3 * from];
        double y = positions[3 * to + 1] - positions[3 * from + 1];
        double z = positions[3 * to + 2] - positions[3 * from + 2];
        int[] whole = new int[3];
        Arrays.setAll(whole, v -> (int) Math.rint(cell.fraction(v, x, y, z)));
        return whole;
    }

    /** Whether every atom of the one cell stands in every level exactly once. */
    private static boolean isWhole(int[] origin, int[][] shift, int groups, int count) {
        boolean[] seen = new boolean[groups * count];
        for (int i = 0; i < origin.length; i++) {
            int place = origin[i] * count + Math.floorMod(shift[i][2], count);
            if (seen[place]) {
                return false;
            }
            seen[place] = true;
        }
        return groups * count == origin.length;
    }

    /** One cell of the stack. */
    Atoms one() {
        return one;
    }

    /** The whole stack when each of its cells relaxed to this one, atoms in the stack's order. */
    Atoms stack(Atoms relaxed) {
        Cell cell = relaxed.cell();
        double[] positions = new double[3 * origin.length];
        for (int i = 0; i < origin.length; i++) {
            int[] n = shift[i];
            double[] p = {relaxed.x(origin[i]), relaxed.y(origin[i]), relaxed.z(origin[i])};
            for (int d = 0; d < 3; d++) {
                positions[3 * i + d] = p[d] + n[0] * cell.get(0, d) + n[1] * cell.get(1, d) + n[2] * cell.get(2, d);
            }
        }
        return Atoms.of(relaxed.elements().get(0), cell.scaled(1, 1, count), positions);
    }
}
