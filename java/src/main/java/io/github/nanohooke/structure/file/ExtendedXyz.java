// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.CommonNeighbours;
import io.github.nanohooke.structure.Elements;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import io.github.nanohooke.structure.StructureException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/**
 * Atoms as extended XYZ, the text format that OVITO and ASE read: number of atoms, a line with {@code Lattice="..."}
 * and {@code Properties=species:S:1:pos:R:3...}, one line per atom.
 *
 * <p>Numbers are written so that reading gives the same doubles. On reading, axes stay those of the file whatever
 * the cell's directions; positions are counted from the cell's corner and brought into the cell, columns other than
 * element and position are skipped.
 */
public final class ExtendedXyz {
    /** Far more than any program writes of one kind. */
    private static final int MOST_COLUMNS = 1000;

    /**
     * A further column, or several, to write behind the position.
     *
     * @param name   no spaces, colons, quotes or equal signs
     * @param width  numbers per atom
     * @param values the numbers, atom by atom
     * @param whole  whether they are whole numbers (I), else reals (R)
     */
    public record Column(String name, int width, double[] values, boolean whole) {

        /** @throws StructureException when the name cannot be written or the values are no whole number of rows */
        public Column {
            if (!name.matches("[^\\s:=\"{}]+")) {
                throw new StructureException("the name of a column must have no spaces, colons, quotes, braces or equal"
                        + " signs, got '" + name + "'");
            }
            if (width < 1 || values.length % width != 0) {
                throw new StructureException("column " + name + ": " + values.length + " values are no rows of "
                        + width);
            }
            values = values.clone();
        }

        @Override
        public double[] values() {
            return values.clone();
        }
    }

    private ExtendedXyz() {
    }

    /**
     * Columns that show the common neighbour analysis: {@code structure_type}, 1 for fcc and 0 for surface (OVITO's
     * numbers), and {@code color}, green and red as in the paper's fig. 1, which OVITO uses without being asked.
     *
     * @param fcc see {@link CommonNeighbours#fcc}
     */
    public static List<Column> structureColumns(boolean[] fcc) {
        double[] types = new double[fcc.length];
        double[] colours = new double[3 * fcc.length];
        for (int i = 0; i < fcc.length; i++) {
            types[i] = fcc[i] ? 1 : 0;
            colours[3 * i] = fcc[i] ? 0.4 : 0.9;
            colours[3 * i + 1] = fcc[i] ? 0.9 : 0.2;
            colours[3 * i + 2] = fcc[i] ? 0.4 : 0.2;
        }
        return List.of(new Column("structure_type", 1, types, true), new Column("color", 3, colours, false));
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, Atoms atoms) {
        write(file, atoms, List.of());
    }

    /**
     * @throws StructureException           when a column is not of the atoms' number
     * @throws io.github.nanohooke.io.FileWriteException when it cannot be written
     */
    public static void write(Path file, Atoms atoms, List<Column> columns) {
        for (Column column : columns) {
            if (column.values().length != column.width() * atoms.count()) {
                throw new StructureException("column " + column.name() + " has "
                        + column.values().length / column.width() + " rows for " + atoms.count() + " atoms");
            }
        }
        AtomicFile.writeText(file, out -> write(out, atoms, columns));
    }

    private static void write(Writer out, Atoms atoms, List<Column> columns) throws IOException {
        List<double[]> values = columns.stream().map(Column::values).toList();
        out.append(atoms.count() + "\nLattice=\"" + lattice(atoms.cell()) + "\" Properties=species:S:1:pos:R:3");
        for (Column column : columns) {
            out.append(":" + column.name() + ":" + (column.whole() ? "I" : "R") + ":" + column.width());
        }
        out.append(" pbc=\"T T T\"\n");
        for (int i = 0; i < atoms.count(); i++) {
            out.append(atoms.element(i) + " " + atoms.x(i) + " " + atoms.y(i) + " " + atoms.z(i));
            for (int c = 0; c < columns.size(); c++) {
                int width = columns.get(c).width();
                for (int j = i * width; j < (i + 1) * width; j++) {
                    double value = values.get(c)[j];
                    out.append(' ').append(columns.get(c).whole() ? Long.toString((long) value)
                            : Double.toString(value));
                }
            }
            out.append('\n');
        }
    }

    private static String lattice(Cell cell) {
        return Arrays.stream(cell.rows()).flatMapToDouble(Arrays::stream).mapToObj(Double::toString)
                .collect(Collectors.joining(" "));
    }

    /**
     * @throws StructureException naming the file and the line, when it is missing, truncated or no extended XYZ file,
     *                            has more than one frame, is not periodic, or has an unknown element
     */
    public static Atoms read(Path file) {
        try (TextLines lines = TextLines.open(file)) {
            return read(lines);
        }
    }

    static Atoms read(TextLines lines) {
        String first = lines.next();
        if (first == null) {
            throw lines.error("the file is empty");
        }
        int count = lines.atomCount(first.strip());
        String comment = lines.next();
        Map<String, String> keys = XyzComment.parse(comment == null ? "" : comment, lines);
        Cell cell = cell(keys, lines);
        double[] origin = keys.containsKey("origin") ? reals(keys.get("origin"), 3, "Origin", lines)
                : new double[3];
        int[] columns = columns(keys.getOrDefault("properties", "species:S:1:pos:R:3"), lines);
        return readAtoms(lines, count, cell, origin, columns);
    }

    private static Cell cell(Map<String, String> keys, TextLines lines) {
        if (!isPeriodic(keys.getOrDefault("pbc", "T T T"))) {
            throw lines.error("pbc is \"" + keys.get("pbc") + "\"; only cells that are periodic in all three directions"
                    + " (\"T T T\") have the tensor that is asked for");
        }
        if (!keys.containsKey("lattice")) {
            throw lines.error("there is no Lattice=\"ax ay az bx by bz cx cy cz\"; plain XYZ without a cell is not"
                    + " enough");
        }
        String lattice = keys.get("lattice");
        double[] v = reals(lattice, 9, "Lattice", lines);
        if (lattice.matches(".*[\\[{].*") && (v[1] != v[3] || v[2] != v[6] || v[5] != v[7])) {
            throw lines.error("Lattice is a table of tables, whose rows are the vectors to some writers and whose"
                    + " columns to others; write Lattice=\"ax ay az bx by bz cx cy cz\"");
        }
        try {
            return Cell.of(new double[][] {{v[0], v[1], v[2]}, {v[3], v[4], v[5]}, {v[6], v[7], v[8]}});
        } catch (IllegalArgumentException e) {
            throw lines.error(e.getMessage());
        }
    }

    /** Three truths in any spelling: T T T, 1 1 1, TTT, [True, True, True], one for all. */
    private static boolean isPeriodic(String pbc) {
        String words = pbc.replaceAll("[\\[\\]{},]", " ").strip().toLowerCase(Locale.ROOT);
        return words.matches("(t|true|\\.true\\.|1)(\\s+(t|true|\\.true\\.|1)){2}|ttt|111|t|true|1");
    }

    private static double[] reals(String text, int count, String name, TextLines lines) {
        StringTokenizer tokens = new StringTokenizer(text, " \t\n,[]{}");
        if (tokens.countTokens() != count) {
            throw lines.error(name + " must be " + count + " numbers, got " + tokens.countTokens());
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = lines.real(tokens.nextToken());
        }
        return values;
    }

    /** Where element and position stand, and how many columns there are. */
    private static int[] columns(String properties, TextLines lines) {
        String[] fields = properties.split(":");
        int species = -1;
        int position = -1;
        int column = 0;
        if (fields.length % 3 != 0) {
            throw lines.error("Properties must be triples name:type:columns, got '" + properties + "'");
        }
        for (int f = 0; f < fields.length; f += 3) {
            int width = lines.integer(fields[f + 2]);
            if (width < 1 || width > MOST_COLUMNS) {
                throw lines.error("Properties: " + fields[f] + " must have 1 to " + MOST_COLUMNS + " columns, got "
                        + width);
            }
            if (fields[f].equalsIgnoreCase("species") || fields[f].equalsIgnoreCase("element")) {
                species = column;
            } else if (fields[f].equalsIgnoreCase("pos") && width == 3) {
                position = column;
            }
            column += width;
        }
        if (species < 0 || position < 0) {
            throw lines.error("Properties must name species:S:1 and pos:R:3, got '" + properties + "'");
        }
        return new int[] {species, position, column};
    }

    private static Atoms readAtoms(TextLines lines, int count, Cell cell, double[] origin, int[] columns) {
        List<String> elements = new ArrayList<>();
        AtomRows rows = new AtomRows();
        for (int i = 0; i < count; i++) {
            String line = lines.next();
            String[] t = line == null ? new String[0] : line.strip().split("\\s+");
            if (line == null || line.isBlank()) {
                throw lines.error("the file ends after " + i + " atoms, its first line promises " + count);
            }
            if (t.length != columns[2]) {
                throw lines.error("an atom must have " + columns[2] + " columns, got " + t.length);
            }
            String element = t[columns[0]];
            if (!Elements.isElement(element)) {
                throw lines.error("unknown element '" + element + "'");
            }
            if (!elements.contains(element)) {
                elements.add(element);
            }
            double[] place = new double[3];
            for (int d = 0; d < 3; d++) {
                place[d] = lines.real(t[columns[1] + d]) - origin[d];
            }
            rows.add(i, elements.indexOf(element), place);
        }
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                throw lines.error("there is something behind the " + count + " atoms; a file must have one frame");
            }
        }
        Atoms atoms = new Atoms(cell, elements, rows.types(), rows.positions());
        PlausibleAtoms.requireNear(atoms);
        return atoms.wrapped();
    }
}
