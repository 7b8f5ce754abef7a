// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rectangles and bricks from the origin, in rows of elements. Node sets: {@code left, right} (x), {@code bottom, top}
 * (y), {@code back, front} (z), and {@code right-middle}, the node of {@code right} at half height where there is one.
 */
public final class StructuredMesh {
    private static final String[][] SIDES = {{"left", "right"}, {"bottom", "top"}, {"back", "front"}};

    private static final int MOST_NODES = 20_000_000;

    private StructuredMesh() {
    }

    /**
     * A mesh with evenly sized elements.
     *
     * @param size   lengths along the axes [nm], 2 or 3
     * @param counts elements along the axes
     * @throws FemException when a number is not positive or does not fit the element
     */
    public static Mesh of(ElementType type, double[] size, int[] counts) {
        return of(type, size, counts, new double[size.length]);
    }

    /**
     * A mesh whose elements may become smaller towards both ends of an axis, where clamps make stresses peak.
     *
     * @param size    lengths along the axes [nm], 2 or 3
     * @param counts  elements along the axes
     * @param grading of each axis, from 0 (even) to below 1: the share of a cosine, x = L ((1 - g) s + g (1 - cos pi s)
     *                / 2) for even s
     * @throws FemException when a number is out of range or does not fit the element
     */
    public static Mesh of(ElementType type, double[] size, int[] counts, double[] grading) {
        int dimension = type.dimension();
        if (size.length != dimension || counts.length != dimension || grading.length != dimension) {
            throw new FemException(type + " needs size, elements and grading along " + dimension + " axes");
        }
        for (int i = 0; i < dimension; i++) {
            if (!(size[i] > 0 && size[i] < Double.POSITIVE_INFINITY)) {
                throw new FemException("size must be positive, got " + size[i] + " nm along " + "xyz".charAt(i));
            }
            if (counts[i] < 1) {
                throw new FemException("elements must be at least 1, got " + counts[i] + " along "
                        + "xyz".charAt(i));
            }
            if (!(grading[i] >= 0 && grading[i] < 1)) {
                throw new FemException("grading must be at least 0 and below 1, got " + grading[i] + " along "
                        + "xyz".charAt(i));
            }
        }
        double[][] borders = new double[dimension][];
        requireFewNodes(type, counts);
        for (int i = 0; i < dimension; i++) {
            borders[i] = graded(size[i], counts[i], grading[i]);
        }
        return new Builder(type, borders).build();
    }

    /**
     * A mesh of rows of elements between given lines.
     *
     * @param borders of each axis, rising, from the first border of the first element to the last of the last [nm]
     * @throws FemException when they do not rise or do not fit the element
     */
    public static Mesh between(ElementType type, double[]... borders) {
        if (borders.length != type.dimension()) {
            throw new FemException(type + " needs borders along " + type.dimension() + " axes");
        }
        for (int i = 0; i < borders.length; i++) {
            for (int k = 1; k < borders[i].length; k++) {
                if (!(borders[i][k] > borders[i][k - 1]) || !Double.isFinite(borders[i][k])) {
                    throw new FemException("borders of elements must rise along " + "xyz".charAt(i) + ", got "
                            + borders[i][k] + " after " + borders[i][k - 1]);
                }
            }
            if (borders[i].length < 2) {
                throw new FemException("elements need two borders along " + "xyz".charAt(i));
            }
        }
        requireFewNodes(type, Arrays.stream(borders).mapToInt(b -> b.length - 1).toArray());
        return new Builder(type, borders).build();
    }

    /** Borders of elements that may become smaller towards both ends, see {@link #of}. */
    public static double[] graded(double length, int count, double grading) {
        double[] x = new double[count + 1];
        for (int k = 0; k <= count; k++) {
            double s = (double) k / count;
            double place = (1 - grading) * s + grading * 0.5 * (1 - Math.cos(Math.PI * s));
            x[k] = k == count ? length : length * place;
        }
        return x;
    }

    private static void requireFewNodes(ElementType type, int[] counts) {
        double total = 1;
        for (int count : counts) {
            total *= (double) count * type.degree() + 1;
        }
        if (total > MOST_NODES) {
            throw new FemException(String.format(Locale.ROOT, "a mesh of %.3g nodes is too large; ask for fewer"
                    + " elements", total));
        }
    }

    private static final class Builder {
        private final ElementType type;
        private final int[] counts;
        private final double[][] lines;
        private final int[] width = {1, 1, 1};
        private final int[] nodeAt;
        private final List<double[]> places = new ArrayList<>();
        private final int[] cell;

        Builder(ElementType type, double[][] borders) {
            this.type = type;
            int dimension = type.dimension();
            counts = Arrays.stream(borders).mapToInt(b -> b.length - 1).toArray();
            lines = new double[dimension][];
            int total = 1;
            for (int i = 0; i < dimension; i++) {
                lines[i] = line(borders[i], type.degree());
                width[i] = lines[i].length;
                total *= width[i];
            }
            nodeAt = new int[total];
            Arrays.fill(nodeAt, -1);
            cell = new int[dimension];
        }

        private static double[] line(double[] borders, int degree) {
            double[] x = new double[(borders.length - 1) * degree + 1];
            for (int k = 0; k < borders.length; k++) {
                x[k * degree] = borders[k];
            }
            for (int k = 1; degree == 2 && k < x.length; k += 2) {
                x[k] = 0.5 * (x[k - 1] + x[k + 1]);
            }
            return x;
        }

        Mesh build() {
            List<int[]> elements = new ArrayList<>();
            int dimension = type.dimension();
            int depth = dimension == 3 ? counts[2] : 1;
            for (int i = 0; i < counts[0]; i++) {
                for (int j = 0; j < counts[1]; j++) {
                    for (int k = 0; k < depth; k++) {
                        cell[0] = i;
                        cell[1] = j;
                        if (dimension == 3) {
                            cell[2] = k;
                        }
                        elements.add(element());
                    }
                }
            }
            double[] coordinates = new double[places.size() * dimension];
            for (int n = 0; n < places.size(); n++) {
                System.arraycopy(places.get(n), 0, coordinates, n * dimension, dimension);
            }
            return new Mesh(dimension, coordinates, java.util.Collections.nCopies(elements.size(), type),
                    elements.toArray(int[][]::new), sets(dimension), Map.of());
        }

        private int[] element() {
            int[] nodes = new int[type.nodes()];
            for (int a = 0; a < nodes.length; a++) {
                int[] natural = type.natural(a);
                int at = 0;
                double[] place = new double[cell.length];
                for (int i = 0; i < cell.length; i++) {
                    int index = cell[i] * type.degree() + (natural[i] + 1) * type.degree() / 2;
                    at = at * width[i] + index;
                    place[i] = lines[i][index];
                }
                if (nodeAt[at] < 0) {
                    nodeAt[at] = places.size();
                    places.add(place);
                }
                nodes[a] = nodeAt[at];
            }
            return nodes;
        }

        private Map<String, int[]> sets(int dimension) {
            Map<String, List<Integer>> sets = new LinkedHashMap<>();
            for (int n = 0; n < places.size(); n++) {
                double[] place = places.get(n);
                for (int i = 0; i < dimension; i++) {
                    double[] line = lines[i];
                    if (place[i] == line[0]) {
                        sets.computeIfAbsent(SIDES[i][0], s -> new ArrayList<>()).add(n);
                    }
                    if (place[i] == line[line.length - 1]) {
                        sets.computeIfAbsent(SIDES[i][1], s -> new ArrayList<>()).add(n);
                    }
                }
                boolean right = place[0] == lines[0][lines[0].length - 1];
                boolean middle = Math.abs(place[1] - 0.5 * lines[1][lines[1].length - 1])
                        < 1e-9 * lines[1][lines[1].length - 1];
                if (right && middle && dimension == 2) {
                    sets.computeIfAbsent("right-middle", s -> new ArrayList<>()).add(n);
                }
            }
            Map<String, int[]> arrays = new LinkedHashMap<>();
            sets.forEach((name, list) -> arrays.put(name, list.stream().mapToInt(Integer::intValue).toArray()));
            return arrays;
        }
    }
}
