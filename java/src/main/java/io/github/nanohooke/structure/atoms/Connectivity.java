// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.FirstShell;
import io.github.nanohooke.structure.NeighbourGrid;
import io.github.nanohooke.structure.Vectors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Along which of its vectors a periodic solid hangs together. Atoms are bonded to those within reach; a piece is
 * continuous along every lattice vector by which a walk over its bonds comes back to an image of its start.
 */
public final class Connectivity {
    /** Cosine from which a direction counts as lying along an axis. */
    private static final double ALONG = 0.99;

    private final Cell cell;
    /** Independent whole multiples of a, b and c along which some piece is continuous: at most three. */
    private final List<int[]> windings = new ArrayList<>();
    /** In which image each atom is when its piece is told without a break. */
    private final int[][] image;
    private int pieces;

    private Connectivity(Atoms atoms) {
        cell = atoms.cell();
        image = new int[atoms.count()][];
    }

    /**
     * By bonds to the first shell.
     *
     * @throws io.github.nanohooke.structure.StructureException when no two atoms are near each other
     */
    public static Connectivity of(Atoms atoms) {
        return of(atoms, FirstShell.REACH * FirstShell.of(atoms).distance());
    }

    /** By all that acts: atoms hang together that are no farther apart than {@code reach} [Å]. */
    public static Connectivity of(Atoms atoms, double reach) {
        Connectivity result = new Connectivity(atoms);
        NeighbourGrid grid = new NeighbourGrid(atoms, reach);
        int[][] image = result.image;
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int seed = 0; seed < image.length; seed++) {
            if (image[seed] != null) {
                continue;
            }
            image[seed] = new int[3];
            result.pieces++;
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

    /**
     * The same solid where the vectors of its cell along which it is cut are others: every piece moves as a whole, so
     * that nothing changes between atoms that act on each other.
     *
     * @param vectors the cell that those vectors are taken from
     * @return the atoms with those vectors, in their images of one piece; the given ones where no vector is cut
     */
    public Atoms withCutVectors(Atoms atoms, Cell vectors) {
        double[][] rows = cell.rows();
        double[] positions = atoms.positions();
        boolean changed = false;
        for (int v = 0; v < 3; v++) {
            int vector = v;
            if (windings.stream().anyMatch(w -> w[vector] != 0)) {
                continue;
            }
            changed = true;
            for (int i = 0; i < image.length; i++) {
                for (int d = 0; d < 3; d++) {
                    positions[3 * i + d] += image[i][v] * cell.get(v, d);
                }
            }
            rows[v] = vectors.rows()[v];
        }
        return changed ? atoms.moved(Cell.of(rows), positions) : atoms;
    }

    /** How many pieces there are that nothing connects, periods of one counted once: 1 for a solid without islands. */
    public int pieces() {
        return pieces;
    }

    /** In how many independent directions the solid is continuous: 3 for a solid that is not cut. */
    public int dimensions() {
        return windings.size();
    }

    /**
     * The directions in which nothing hangs together, empty for a solid that is not cut: {@code x}, {@code y} or
     * {@code z} where they lie along that axis, {@code a}, {@code b} or {@code c} where they lie across the faces that
     * the other two vectors span, else the whole numbers of the normal in terms of these faces, as {@code [1 -1 0]}.
     */
    public List<String> cutAlong() {
        return switch (windings.size()) {
            case 3 -> List.of();
            case 2 -> List.of(normalName(cross(windings.get(0), windings.get(1))));
            case 1 -> acrossRod(windings.get(0));
            default -> List.of("x", "y", "z");
        };
    }

    private String normalName(int[] normal) {
        double[] p = Vectors.cross(cartesian(windings.get(0)), cartesian(windings.get(1)));
        return axis(p).orElseGet(() -> vector(normal).orElseGet(() -> "[" + normal[0] + " " + normal[1] + " "
                + normal[2] + "]"));
    }

    /** Of a rod the two other axes, or vectors. */
    private List<String> acrossRod(int[] along) {
        Optional<String> axis = axis(cartesian(along));
        String own = axis.or(() -> vector(along)).orElse("");
        List<String> names = new ArrayList<>();
        for (String name : axis.isPresent() ? List.of("x", "y", "z") : List.of("a", "b", "c")) {
            if (!name.equals(own)) {
                names.add(name);
            }
        }
        return names;
    }

    private static Optional<String> axis(double[] p) {
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(p[axis]) > ALONG * Vectors.length(p)) {
                return Optional.of("xyz".substring(axis, axis + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> vector(int[] multiples) {
        int[] used = IntStream.range(0, 3).filter(v -> multiples[v] != 0).toArray();
        return used.length == 1 ? Optional.of("abc".substring(used[0], used[0] + 1)) : Optional.empty();
    }

    private double[] cartesian(int[] w) {
        double[] p = new double[3];
        for (int d = 0; d < 3; d++) {
            p[d] = w[0] * cell.get(0, d) + w[1] * cell.get(1, d) + w[2] * cell.get(2, d);
        }
        return p;
    }

    /**
     * Whether no force can be carried along an axis (0 x, 1 y, 2 z): everything that hangs together lies across it.
     *
     * @param tolerance of the direction cosines
     */
    public boolean carriesNothingAlong(int axis, double tolerance) {
        for (int[] w : windings) {
            double[] p = cartesian(w);
            if (Math.abs(p[axis]) > tolerance * Vectors.length(p)) {
                return false;
            }
        }
        return true;
    }
}
