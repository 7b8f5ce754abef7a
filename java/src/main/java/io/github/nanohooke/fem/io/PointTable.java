// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.io.NearestName;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A table that tells a material for every element, or every integration point, of a region: comma-separated values with
 * a head, the columns {@code element}, perhaps {@code point}, and one of {@code structure}, {@code image} or elastic
 * constants [GPa] by name. The other columns of {@link ProblemFile#points} may stay: the places of points are then
 * compared, so that a table of another mesh is known.
 */
final class PointTable {
    /** Of each of these a solid has one. */
    private static final Set<String> LEAST = Set.of("C11", "C22", "C33", "C12", "C13", "C23", "C44", "C55", "C66");
    private static final List<String> FILES = List.of("structure", "image");
    private static final List<String> PLACE = List.of("x_nm", "y_nm", "z_nm");
    private static final String SETS = "sets";
    /** What a place may be off by, for tables that were rounded, as a share of the region's largest coordinate. */
    private static final double ROUNDING = 1e-4;

    private final Path file;
    private final List<String> head;
    private final List<List<String>> rows;
    private final String content;

    private PointTable(Path file, List<List<String>> lines) {
        this.file = file;
        if (lines.isEmpty()) {
            throw new FemException(file + " is empty; its first line names the columns");
        }
        head = lines.get(0).stream().map(String::strip).toList();
        rows = lines.subList(1, lines.size());
        List<String> known = new ArrayList<>(List.of("element", "point"));
        known.addAll(FILES);
        known.addAll(ElasticConstants.allNames());
        known.addAll(PLACE);
        known.add(SETS);
        Set<String> seen = new LinkedHashSet<>();
        for (String name : head) {
            if (!known.contains(name) || !seen.add(name)) {
                throw error(1, known.contains(name) ? "there are two columns \"" + name + "\""
                        : "there is no column \"" + name + "\" here" + NearestName.hint(name, known));
            }
        }
        if (!seen.contains("element")) {
            throw error(1, "a column \"element\" is needed, of elements counted from 0 in the order of the mesh");
        }
        if (!seen.contains("point") && PLACE.stream().anyMatch(seen::contains)) {
            throw error(1, "the places of points need a column \"point\", too");
        }
        content = content(seen);
        for (int k = 0; k < rows.size(); k++) {
            if (rows.get(k).size() != head.size()) {
                throw error(line(k), head.size() + " fields are needed, as in the first line, not "
                        + rows.get(k).size());
            }
        }
    }

    /** @throws FemException when it cannot be read, or its columns are not those of such a table */
    static PointTable read(Path file) {
        try {
            return new PointTable(file, Csv.read(file));
        } catch (FileFormatException e) {
            throw new FemException(e.getMessage(), e);
        }
    }

    private String content(Set<String> names) {
        List<String> files = FILES.stream().filter(names::contains).toList();
        boolean constants = names.stream().anyMatch(ElasticConstants.allNames()::contains);
        if (files.size() + (constants ? 1 : 0) != 1) {
            throw error(1, "needs exactly one of the columns structure and image, or elastic constants");
        }
        if (!constants) {
            return files.get(0);
        }
        List<String> missing = LEAST.stream().filter(name -> !names.contains(name)).sorted().toList();
        if (!missing.isEmpty()) {
            throw error(1, "of the elastic constants " + String.join(", ", missing) + " are missing");
        }
        return "";
    }

    /** What it tells: {@code structure}, {@code image}, or nothing for constants. */
    String content() {
        return content;
    }

    int rows() {
        return rows.size();
    }

    /** The file that a row names, beside the table. */
    Path named(int row) {
        return file.resolveSibling(rows.get(row).get(head.indexOf(content)).strip());
    }

    /** The tensor that a row tells [GPa]; constants without a column are zero. */
    ElasticTensor tensor(int row) {
        double[][] c = new double[6][6];
        for (String name : ElasticConstants.allNames()) {
            int column = head.indexOf(name);
            if (column >= 0) {
                int i = name.charAt(1) - '1';
                int j = name.charAt(2) - '1';
                c[i][j] = number(row, column, "GPa");
                c[j][i] = c[i][j];
            }
        }
        return ElasticTensor.of(c);
    }

    private double number(int row, int column, String unit) {
        String word = rows.get(row).get(column).strip();
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw error(line(row), "\"" + word + "\" is no number of " + unit + " for " + head.get(column));
    }

    /**
     * The row of every point of a region.
     *
     * @param members  its elements
     * @param elements of the mesh
     * @param points   places of the points of an element [nm]
     * @return by element and point; null for elements of other regions
     * @throws FemException where a point has no row, or two, or lies elsewhere, or a row is of none of the region's
     *                      points
     */
    int[][] places(int[] members, int elements, IntFunction<List<double[]>> points) {
        int[][] places = new int[elements][];
        Map<Integer, List<double[]>> there = new HashMap<>();
        double extent = 0; // the largest coordinate
        for (int element : members) {
            there.put(element, points.apply(element));
            places[element] = new int[there.get(element).size()];
            Arrays.fill(places[element], -1);
            extent = there.get(element).stream().flatMapToDouble(Arrays::stream).map(Math::abs)
                    .reduce(extent, Math::max);
        }
        for (int row = 0; row < rows.size(); row++) {
            int element = whole(row, "element", elements);
            if (places[element] == null) {
                throw error(line(row), "element " + element + " is not of this material");
            }
            boolean all = !head.contains("point");
            int from = all ? 0 : whole(row, "point", places[element].length);
            if (!all) {
                requireAt(row, element, from, there.get(element).get(from), ROUNDING * extent);
            }
            for (int point = from; point < (all ? places[element].length : from + 1); point++) {
                if (places[element][point] >= 0) {
                    throw error(line(row), "element " + element + (all ? "" : ", point " + point)
                            + " has a line already, " + line(places[element][point]));
                }
                places[element][point] = row;
            }
        }
        for (int element : members) {
            for (int point = 0; point < places[element].length; point++) {
                if (places[element][point] < 0) {
                    throw new FemException(file + " has no line for element " + element + ", point " + point
                            + " (both counted from 0); 'nanohooke fem PROBLEM --points' lists all points");
                }
            }
        }
        return places;
    }

    /** Compares the place that a row tells with that of its point [nm]. */
    private void requireAt(int row, int element, int point, double[] there, double off) {
        for (int k = 0; k < PLACE.size(); k++) {
            int column = head.indexOf(PLACE.get(k));
            // A plane part has no z, whatever a table says.
            if (column >= 0 && (k >= there.length || !(Math.abs(number(row, column, "nm") - there[k]) <= off))) {
                throw error(line(row), "element " + element + ", point " + point + " is not at " + PLACE.get(k) + " "
                        + rows.get(row).get(column).strip() + " but at " + Arrays.toString(there) + " nm: the table is"
                        + " of another mesh; 'nanohooke fem PROBLEM --points' lists the points of this one");
            }
        }
    }

    private int whole(int row, String column, int count) {
        String word = rows.get(row).get(head.indexOf(column)).strip();
        try {
            int value = Integer.parseInt(word);
            if (value >= 0 && value < count) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw error(line(row), "\"" + word + "\" is no " + column + ": they are counted from 0, and there are "
                + count);
    }

    /** Of a row, as editors count. */
    static int line(int row) {
        return row + 2;
    }

    /** A complaint about a line. */
    FemException error(int line, String message) {
        return new FemException(file + ", line " + line + ": " + message);
    }
}
