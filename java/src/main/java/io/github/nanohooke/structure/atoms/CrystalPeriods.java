// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.NeighbourGrid;
import io.github.nanohooke.structure.Vectors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many lattice cells of an fcc crystal lie along the edges of its periodic cell, and how far the crystal itself is
 * strained: both are told by its bonds, not by the cell, which shrinks where pores close.
 *
 * <p>A walk from bond to bond that comes back to an image of its start has made the whole lattice steps of that image,
 * however the crystal is bent (Burgers' circuit around the cell). Where relaxation has closed a pore, walks through the
 * weld are shorter than those beside it.
 */
public final class CrystalPeriods {
    /** Neighbours are counted up to here, in units of the distance of nearest ones; the second shell is at 1.41. */
    private static final double REACH = 1.2;
    /** Cosine between a bond and its lattice step, of which others are 60 degrees away. */
    private static final double LEAST_COSINE = 0.9;
    /** Neighbours that tell an atom's strain: those of an atom in a {100} surface. */
    private static final int LEAST_NEIGHBOURS = 8;
    private static final double HALF = 0.5;

    /** A bond as it is [lattice constants], and as a step of the lattice [halves of it]. */
    private record Bond(double[] vector, int[] step) {
    }

    /** Walks around the cell along its first and second edge, by their steps along it. */
    private final List<Map<Integer, Integer>> around;
    /** Green's strain along x and y of each atom with most of its neighbours. */
    private final List<double[]> strains;

    private CrystalPeriods(List<Map<Integer, Integer>> around, List<double[]> strains) {
        this.around = around;
        this.strains = strains;
    }

    /**
     * Walks along all bonds.
     *
     * @param latticeConstant of the crystal [Å]
     */
    public static CrystalPeriods of(Atoms atoms, double latticeConstant) {
        return new Walk(atoms, latticeConstant).periods();
    }

    /**
     * Share of the walks around the cell that pass so many lattice cells along an edge; zero where the solid is cut.
     *
     * @param edge 0 or 1
     */
    public double share(int edge, int cells) {
        Map<Integer, Integer> walks = around.get(edge);
        int all = walks.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : (double) walks.getOrDefault(2 * cells, 0) / all;
    }

    /**
     * Whether no whole number of lattice cells is that of half of the walks along an edge, as it is of a crystal whose
     * pores have not closed. False where the solid is cut.
     */
    public boolean isBroken(int edge) {
        Map<Integer, Integer> walks = around.get(edge);
        return !walks.isEmpty() && walks.keySet().stream()
                .noneMatch(steps -> steps % 2 == 0 && share(edge, steps / 2) >= HALF);
    }

    /** Most lattice cells that a walk passes along an edge; zero where the solid is cut. */
    public double longest(int edge) {
        return around.get(edge).keySet().stream().mapToInt(Integer::intValue).max().orElse(0) * HALF;
    }

    /**
     * Strain of the crystal along an edge, from its lattice constant: the median of Green's strain over the atoms that
     * have most of their neighbours, which sees no rotation; not a number where there are none.
     *
     * @param edge 0 or 1
     */
    public double strain(int edge) {
        double[] sorted = strains.stream().mapToDouble(strain -> strain[edge]).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static final class Walk {
        private final Atoms atoms;
        private final double constant;
        private final double[][] axes;
        /** Where atoms stand [halves of a lattice cell], and in which image of the cell, when told in one piece. */
        private final int[][] site;
        private final int[][] image;
        private final List<Map<Integer, Integer>> around = List.of(new HashMap<>(), new HashMap<>());

        Walk(Atoms atoms, double constant) {
            this.atoms = atoms;
            this.constant = constant;
            this.axes = axes(atoms.cell());
            this.site = new int[atoms.count()][];
            this.image = new int[atoms.count()][];
        }

        CrystalPeriods periods() {
            NeighbourGrid grid = new NeighbourGrid(atoms, REACH * constant / Math.sqrt(2));
            List<double[]> strains = new ArrayList<>();
            ArrayDeque<Integer> open = new ArrayDeque<>();
            for (int seed = 0; seed < site.length; seed++) {
                if (site[seed] == null) {
                    site[seed] = new int[3];
                    image[seed] = new int[3];
                    open.add(seed);
                }
                while (!open.isEmpty()) {
                    int i = open.remove();
                    List<Bond> bonds = new ArrayList<>();
                    grid.visit(i, (j, dx, dy, dz) -> {
                        bond(dx, dy, dz).ifPresent(bond -> {
                            bonds.add(bond);
                            step(i, j, bond.step(), new double[] {dx, dy, dz}, open);
                        });
                        return true;
                    });
                    strain(bonds).ifPresent(strains::add);
                }
            }
            return new CrystalPeriods(around, strains);
        }

        private Optional<Bond> bond(double dx, double dy, double dz) {
            double[] vector = new double[3];
            int[] step = new int[3];
            int least = 0;
            for (int d = 0; d < 3; d++) {
                vector[d] = (axes[d][0] * dx + axes[d][1] * dy + axes[d][2] * dz) / constant;
                step[d] = vector[d] < 0 ? -1 : 1;
                least = Math.abs(vector[d]) < Math.abs(vector[least]) ? d : least;
            }
            step[least] = 0;
            double along = (vector[0] * step[0] + vector[1] * step[1] + vector[2] * step[2]) / Math.sqrt(2);
            return along < LEAST_COSINE * Vectors.length(vector) ? Optional.empty()
                    : Optional.of(new Bond(vector, step));
        }

        private void step(int i, int j, int[] step, double[] distance, ArrayDeque<Integer> open) {
            int[] there = new int[3];
            int[] whole = new int[3];
            for (int d = 0; d < 3; d++) {
                there[d] = site[i][d] + step[d];
                whole[d] = image[i][d] + (int) Math.rint(atoms.cell().fraction(d,
                        atoms.x(i) + distance[0] - atoms.x(j), atoms.y(i) + distance[1] - atoms.y(j),
                        atoms.z(i) + distance[2] - atoms.z(j)));
            }
            if (site[j] == null) {
                site[j] = there;
                image[j] = whole;
                open.add(j);
                return;
            }
            int a = whole[0] - image[j][0];
            int b = whole[1] - image[j][1];
            if (Math.abs(a) + Math.abs(b) == 1) {
                int edge = a != 0 ? 0 : 1;
                around.get(edge).merge((a + b) * (there[edge] - site[j][edge]), 1, Integer::sum);
            }
        }

        /** (F^T F - 1) / 2 along x and y, with the F that takes steps of the lattice to bonds, by least squares. */
        private static Optional<double[]> strain(List<Bond> bonds) {
            if (bonds.size() < LEAST_NEIGHBOURS) {
                return Optional.empty();
            }
            double[][] bs = new double[3][3];
            double[][] ss = new double[3][3];
            for (Bond bond : bonds) {
                for (int r = 0; r < 3; r++) {
                    for (int c = 0; c < 3; c++) {
                        bs[r][c] += bond.vector()[r] * HALF * bond.step()[c];
                        ss[r][c] += HALF * HALF * bond.step()[r] * bond.step()[c];
                    }
                }
            }
            double[] green = new double[2];
            double volume = ss[0][0] * Vectors.cross(ss[1], ss[2])[0] + ss[0][1] * Vectors.cross(ss[1], ss[2])[1]
                    + ss[0][2] * Vectors.cross(ss[1], ss[2])[2];
            if (volume < HALF) {
                return Optional.empty(); // steps in one plane
            }
            for (int c = 0; c < 2; c++) {
                double[] row = Vectors.cross(ss[(c + 1) % 3], ss[(c + 2) % 3]); // of the inverse, which is symmetric
                double square = 0;
                for (int r = 0; r < 3; r++) {
                    double f = (bs[r][0] * row[0] + bs[r][1] * row[1] + bs[r][2] * row[2]) / volume;
                    square += f * f;
                }
                green[c] = (square - 1) / 2;
            }
            return Optional.of(green);
        }

        /** Orthogonal, the first along the first edge, the third on the first two. */
        private static double[][] axes(Cell cell) {
            double[][] rows = cell.rows();
            double[] third = Vectors.cross(rows[0], rows[1]);
            return new double[][] {unit(rows[0]), unit(Vectors.cross(third, rows[0])), unit(third)};
        }

        private static double[] unit(double[] vector) {
            double length = Vectors.length(vector);
            return new double[] {vector[0] / length, vector[1] / length, vector[2] / length};
        }
    }
}
