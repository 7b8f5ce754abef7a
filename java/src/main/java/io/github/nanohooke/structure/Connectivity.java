// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Along which of its vectors a periodic solid hangs together. Atoms are bonded to those of their first shell; a piece
 * is continuous along every lattice vector by which a walk over its bonds comes back to an image of its start.
 */
public final class Connectivity {
    private final Cell cell;
    /** Independent whole multiples of a, b and c along which some piece is continuous: at most three. */
    private final List<int[]> windings = new ArrayList<>();

    private Connectivity(Cell cell) {
        this.cell = cell;
    }

    /** @throws StructureException when no two atoms are near each other */
    public static Connectivity of(Atoms atoms) {
        Connectivity result = new Connectivity(atoms.cell());
        NeighbourGrid grid = new NeighbourGrid(atoms, FirstShell.REACH * FirstShell.of(atoms).distance());
        int[][] image = new int[atoms.count()][];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int seed = 0; seed < image.length; seed++) {
            if (image[seed] != null) {
                continue;
            }
            image[seed] = new int[3];
            open.add(seed);
            while (!open.isEmpty()) {
                int i = open.remove();
                grid.visit(i, (j, dx, dy, dz) -> {
                    int[] there = result.image(atoms, i, j, dx, dy, dz, image[i]);
                    if (image[j] == null) {
                        image[j] = there;
                        open.add(j);
                    } else {
                        result.add(new int[] {there[0] - image[j][0], there[1] - image[j][1], there[2] - image[j][2]});
                    }
                    return true;
                });
            }
        }
        return result;
    }

    /** In which image atom j is, when i is in the given one and j lies at this distance from it. */
    private int[] image(Atoms atoms, int i, int j, double dx, double dy, double dz, int[] from) {
        int[] whole = new int[3];
        for (int v = 0; v < 3; v++) {
            whole[v] = from[v] + (int) Math.rint(cell.fraction(v, atoms.x(i) + dx - atoms.x(j),
                    atoms.y(i) + dy - atoms.y(j), atoms.z(i) + dz - atoms.z(j)));
        }
        return whole;
    }

    private void add(int[] winding) {
        boolean independent = switch (windings.size()) {
            case 0 -> winding[0] != 0 || winding[1] != 0 || winding[2] != 0;
            case 1 -> Arrays.stream(cross(windings.get(0), winding)).anyMatch(k -> k != 0);
            case 2 -> {
                int[] normal = cross(windings.get(0), windings.get(1));
                yield normal[0] * winding[0] + normal[1] * winding[1] + normal[2] * winding[2] != 0;
            }
            default -> false;
        };
        if (independent) {
            windings.add(winding);
        }
    }

    private static int[] cross(int[] p, int[] q) {
        return new int[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }

    /** In how many independent directions the solid is continuous: 3 for a solid that is not cut. */
    public int dimensions() {
        return windings.size();
    }

    /**
     * The vectors of the cell along which nothing hangs together: {@code x}, {@code y} or {@code z} for one that lies
     * along that axis, else {@code a}, {@code b} or {@code c}. A solid that is cut across a diagonal alone has none.
     */
    public List<String> cutAlong() {
        List<String> names = new ArrayList<>();
        for (int v = 0; v < 3; v++) {
            int vector = v;
            if (windings.stream().allMatch(w -> w[vector] == 0)) {
                names.add(name(v));
            }
        }
        return names;
    }

    private String name(int vector) {
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(cell.get(vector, axis)) > 0.95 * cell.length(vector)) {
                return "xyz".substring(axis, axis + 1);
            }
        }
        return "abc".substring(vector, vector + 1);
    }

    /**
     * Whether no force can be carried along an axis (0 x, 1 y, 2 z): everything that hangs together lies across it.
     *
     * @param tolerance of the direction cosines
     */
    public boolean carriesNothingAlong(int axis, double tolerance) {
        for (int[] w : windings) {
            double[] p = new double[3];
            for (int d = 0; d < 3; d++) {
                p[d] = w[0] * cell.get(0, d) + w[1] * cell.get(1, d) + w[2] * cell.get(2, d);
            }
            if (Math.abs(p[axis]) > tolerance * Vectors.length(p)) {
                return false;
            }
        }
        return true;
    }
}
