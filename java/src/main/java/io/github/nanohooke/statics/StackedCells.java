// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Atoms that repeat exactly along z: one cell of them, and the way back to the whole stack. An extruded structure of
 * three cells has the tensor of one cell wherever the k_z = 1/3 certificate holds, at a fraction of the work.
 */
final class StackedCells {
    /** Coordinates that differ by no more count as the same [Å]; lattice sites are exact to some 1e-14. */
    private static final double SAME = 1e-9;

    private final Atoms one;
    private final int count;
    /** For every atom of the stack: its atom in the one cell, and how many cells above that it lies. */
    private final int[] origin;
    private final int[] level;

    private StackedCells(Atoms one, int count, int[] origin, int[] level) {
        this.one = one;
        this.count = count;
        this.origin = origin;
        this.level = level;
    }

    /** The stack of {@code count} equal cells that these atoms are; empty where they are none. */
    static Optional<StackedCells> of(Atoms atoms, int count) {
        Box box = atoms.box();
        if (atoms.count() % count != 0 || box.xz() != 0 || box.yz() != 0) {
            return Optional.empty();
        }
        double height = box.lz() / count;
        int[] level = new int[atoms.count()];
        double[] inCell = new double[atoms.count()];
        for (int i = 0; i < level.length; i++) {
            level[i] = (int) Math.floor((atoms.z(i) + SAME) / height);
            inCell[i] = atoms.z(i) - level[i] * height;
        }
        Integer[] order = new Integer[atoms.count()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.<Integer>comparingLong(i -> Math.round(atoms.x(i) / SAME))
                .thenComparingLong(i -> Math.round(atoms.y(i) / SAME))
                .thenComparingLong(i -> Math.round(inCell[i] / SAME))
                .thenComparingInt(i -> level[i]));
        int[] origin = new int[atoms.count()];
        double[] positions = new double[3 * atoms.count() / count];
        for (int group = 0; group < order.length / count; group++) {
            int first = order[group * count];
            for (int k = 0; k < count; k++) {
                int i = order[group * count + k];
                if (level[i] != level[first] + k || !close(atoms.x(i), atoms.x(first))
                        || !close(atoms.y(i), atoms.y(first)) || !close(inCell[i], inCell[first])) {
                    return Optional.empty();
                }
                origin[i] = group;
            }
            positions[3 * group] = atoms.x(first);
            positions[3 * group + 1] = atoms.y(first);
            positions[3 * group + 2] = atoms.z(first);
        }
        int[] above = new int[level.length];
        int[] lowest = new int[positions.length / 3];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        for (int i = 0; i < level.length; i++) {
            lowest[origin[i]] = Math.min(lowest[origin[i]], level[i]);
        }
        Arrays.setAll(above, i -> level[i] - lowest[origin[i]]);
        Box cell = new Box(box.lx(), box.ly(), height, box.xy(), 0, 0);
        return Optional.of(new StackedCells(Atoms.of(atoms.elements().get(0), cell, positions), count, origin, above));
    }

    /** One cell of the stack. */
    Atoms one() {
        return one;
    }

    /** The whole stack when each of its cells relaxed to this one, atoms in the stack's order. */
    Atoms stack(Atoms relaxed) {
        Box box = relaxed.box();
        double[] positions = new double[3 * origin.length];
        for (int i = 0; i < origin.length; i++) {
            positions[3 * i] = relaxed.x(origin[i]) + level[i] * box.xz();
            positions[3 * i + 1] = relaxed.y(origin[i]) + level[i] * box.yz();
            positions[3 * i + 2] = relaxed.z(origin[i]) + level[i] * box.lz();
        }
        Box whole = new Box(box.lx(), box.ly(), count * box.lz(), box.xy(), count * box.xz(), count * box.yz());
        return Atoms.of(relaxed.elements().get(0), whole, positions);
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= 2 * SAME;
    }
}
