// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.FirstShell;
import io.github.nanohooke.structure.NeighbourGrid;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a relaxation ended in another crystal than it began with: one that was far from its minimum, or has none
 * there and collapses. Pores and surfaces relax by few per cent; another lattice changes a third of the neighbours.
 */
public final class LeftTheStart {
    /** Relative change of a distance of neighbours beyond which it counts as another one. */
    private static final double CHANGED = 0.1;
    /**
     * Share of changed distances beyond which the crystal counts as another one. In bcc that becomes fcc 6 of 14
     * change, in random porous structures of up to 80 % porosity fewer than one in ten.
     */
    private static final double MOST = 0.25;

    private LeftTheStart() {
    }

    /** The given result, with the warning {@code left-the-start} where it applies. */
    public static StaticsResult judged(Atoms start, StaticsResult result) {
        double share = changedShare(start, result.relaxed());
        return share > MOST ? result.with(warning(start.cell(), result.relaxed(), start.count(), share)) : result;
    }

    /**
     * Share of the distances between nearest neighbours that changed by more than a tenth.
     *
     * @param relaxed the same atoms in the same order, or whole cells of them stacked along c
     * @return 0 to 1; 0 where atoms were taken out, so that the two cannot be compared
     */
    public static double changedShare(Atoms start, Atoms relaxed) {
        int n = start.count();
        if (n == 0 || relaxed.count() % n != 0 || relaxed.count() == 0) {
            return 0;
        }
        double[][] map = relaxed.cell().deformationFrom(start.cell().scaled(1, 1, relaxed.count() / n));
        double[] own = new double[3 * n];
        for (int i = 0; i < n; i++) {
            double[] moved = product(map, start.x(i), start.y(i), start.z(i));
            own[3 * i] = relaxed.x(i) - moved[0];
            own[3 * i + 1] = relaxed.y(i) - moved[1];
            own[3 * i + 2] = relaxed.z(i) - moved[2];
        }
        long[] count = new long[2];
        Optional<Double> reach = FirstShell.reach(start);
        if (reach.isEmpty()) {
            return 0;
        }
        NeighbourGrid grid = new NeighbourGrid(start, reach.get());
        for (int i = 0; i < n; i++) {
            int atom = i;
            grid.visit(i, (other, dx, dy, dz) -> {
                double[] now = product(map, dx, dy, dz);
                double square = 0;
                for (int d = 0; d < 3; d++) {
                    double component = now[d] + own[3 * other + d] - own[3 * atom + d];
                    square += component * component;
                }
                double ratio = Math.sqrt(square / (dx * dx + dy * dy + dz * dz));
                count[0]++;
                count[1] += Math.abs(ratio - 1) > CHANGED ? 1 : 0;
                return true;
            });
        }
        return count[0] == 0 ? 0 : (double) count[1] / count[0];
    }

    private static Warning warning(Cell before, Atoms relaxed, int count, double share) {
        Cell after = relaxed.cell().scaled(1, 1, (double) count / relaxed.count());
        double[] change = new double[3];
        for (int v = 0; v < 3; v++) {
            change[v] = 100 * (after.length(v) / before.length(v) - 1);
        }
        return new Warning("left-the-start", String.format(Locale.ROOT, "the relaxation left the crystal that was"
                + " given: %.0f %% of the distances between neighbours changed by more than a tenth, the cell's a, b"
                + " and c by"
                + " %+.1f, %+.1f and %+.1f %%; the tensor is of what it ended in; check lattice, lattice constant and"
                + " potential", 100 * share, change[0], change[1], change[2]));
    }

    private static double[] product(double[][] m, double x, double y, double z) {
        return new double[] {m[0][0] * x + m[0][1] * y + m[0][2] * z, m[1][0] * x + m[1][1] * y + m[1][2] * z,
            m[2][0] * x + m[2][1] * y + m[2][2] * z};
    }
}
