// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * Atoms as a LAMMPS data file, atom style {@code atomic}, metal units, orthogonal or restricted triclinic cell (LAMMPS'
 * {@code read_data}).
 *
 * <p>Numbers are written so that reading gives the same doubles. The element of a type stands as a comment behind its
 * mass. On reading, positions are counted from the lower corner and brought into the cell by whole lattice vectors, and
 * atoms are put in the order of their ids; image flags, velocities, bonds and coefficients are not used.
 */
public final class LammpsData {

    private static final int MAX_TYPES = 1000;

    private LammpsData() {
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, Atoms atoms) {
        AtomicFile.writeText(file, out -> write(out, atoms));
    }

    /**
     * @throws StructureException naming the file and the line, when it is missing, truncated or no data file of this
     *                            style, or an element cannot be told
     */
    public static Atoms read(Path file) {
        try (TextLines lines = TextLines.open(file)) {
            return read(lines);
        }
    }

    static Atoms read(TextLines lines) {
        return new Reader(lines).read();
    }

    private static void write(Writer out, Atoms atoms) throws IOException {
        RestrictedFrame frame = RestrictedFrame.of(atoms.cell());
        Box box = frame.box();
        double[] positions = frame.enter(atoms.positions());
        out.append("LAMMPS data file: ").append(Integer.toString(atoms.count())).append(" atoms of ")
                .append(String.join(", ", atoms.elements())).append(", metal units, written by nanohooke\n");
        writeTurn(out, frame);
        out.append("\n");
        out.append(atoms.count() + " atoms\n" + atoms.elements().size() + " atom types\n\n");
        out.append("0.0 " + box.lx() + " xlo xhi\n0.0 " + box.ly() + " ylo yhi\n0.0 " + box.lz() + " zlo zhi\n");
        if (!box.isOrthogonal()) {
            out.append(box.xy() + " " + box.xz() + " " + box.yz() + " xy xz yz\n");
        }
        out.append("\nMasses\n\n");
        for (int type = 0; type < atoms.elements().size(); type++) {
            String element = atoms.elements().get(type);
            out.append((type + 1) + " " + Elements.mass(element) + " # " + element + "\n");
        }
        out.append("\nAtoms # atomic\n\n");
        for (int i = 0; i < atoms.count(); i++) {
            out.append((i + 1) + " " + (atoms.type(i) + 1) + " " + positions[3 * i] + " " + positions[3 * i + 1] + " "
                    + positions[3 * i + 2] + "\n");
        }
    }

    // The format has no room for other axes: what was turned is told, so that it can be turned back.
    private static void writeTurn(Writer out, RestrictedFrame frame) throws IOException {
        if (!frame.isIdentity()) {
            out.append("# turned into LAMMPS' frame: new x y z = R (old x y z), rows of R:\n");
            for (double[] row : frame.rotation()) {
                out.append("# " + row[0] + " " + row[1] + " " + row[2] + "\n");
            }
        }
    }

    /** One pass over a file: the header, then sections in any order. */
    private static final class Reader {
        private final TextLines lines;
        private int count;
        private int typeCount;
        private final double[][] bounds = new double[3][];
        private double[] tilts = new double[3];
        private String[] elements;
        private int[] types;
        private int[] ids;
        private double[] positions;

        Reader(TextLines lines) {
            this.lines = lines;
        }

        Atoms read() {
            if (lines.next() == null) {
                throw lines.error("the file is empty");
            }
            for (String line = readHeader(); line != null;) {
                line = readSection(line);
            }
            if (elements == null) {
                throw lines.error("there is no Masses section; add it, with the element behind each mass, as in"
                        + " '1 26.982 # Al'");
            }
            if (positions == null) {
                throw lines.error("there is no Atoms section");
            }
            for (int type = 0; type < elements.length; type++) {
                if (elements[type] == null) {
                    throw lines.error("atom type " + (type + 1) + " has no line in the Masses section");
                }
            }
            return sorted(new Box(bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0],
                    bounds[2][1] - bounds[2][0], tilts[0], tilts[1], tilts[2]).cell());
        }

        /** Reads up to the first section's title and returns that. */
        private String readHeader() {
            String line;
            while ((line = lines.next()) != null) {
                String text = withoutComment(line).replaceAll("\\s+", " ");
                if (!text.isEmpty() && Character.isLetter(text.charAt(0))) {
                    break;
                }
                String[] t = text.split(" ");
                if (text.endsWith(" atoms") && t.length == 2) {
                    count = lines.atomCount(t[0]);
                } else if (text.endsWith(" atom types") && t.length == 3) {
                    typeCount = typeCount(t[0]);
                } else if (t.length == 4 && t[2].endsWith("lo") && t[3].endsWith("hi")) {
                    readBounds(t);
                } else if (text.endsWith("xy xz yz") && t.length == 6) {
                    tilts = new double[] {lines.real(t[0]), lines.real(t[1]), lines.real(t[2])};
                } else if (text.endsWith(" avec")) {
                    throw lines.error("a general triclinic cell (avec, bvec, cvec) is not read; let LAMMPS write it"
                            + " without 'triclinic/general', or use extended XYZ");
                }
            }
            requireHeader();
            return line;
        }

        private void requireHeader() {
            String missing = count == 0 ? "N atoms" : typeCount == 0 ? "N atom types" : bounds[0] == null ? "xlo xhi"
                    : bounds[1] == null ? "ylo yhi" : bounds[2] == null ? "zlo zhi" : null;
            if (missing != null) {
                throw lines.error("the header ends without a line '" + missing + "'; this is no LAMMPS data file, or"
                        + " not a whole one");
            }
        }

        private int typeCount(String token) {
            int number = lines.integer(token);
            if (number < 1 || number > MAX_TYPES) {
                throw lines.error("the number of atom types must be from 1 to " + MAX_TYPES + ", got " + number);
            }
            return number;
        }

        private void readBounds(String[] t) {
            int axis = "xyz".indexOf(t[2].charAt(0));
            double low = lines.real(t[0]);
            double high = lines.real(t[1]);
            if (axis < 0 || !(high > low)) {
                throw lines.error("box bounds must read 'low high " + t[2] + " " + t[3] + "' with low below high");
            }
            bounds[axis] = new double[] {low, high};
        }

        /** Reads one section and returns the title of the next, or null. */
        private String readSection(String title) {
            String name = withoutComment(title);
            if (name.equals("Masses")) {
                elements = new String[typeCount];
            } else if (name.equals("Atoms")) {
                startAtoms(title);
            }
            int read = 0;
            String line;
            while ((line = lines.next()) != null) {
                String text = withoutComment(line);
                if (text.isEmpty()) {
                    continue;
                }
                if (Character.isLetter(text.charAt(0))) {
                    break;
                }
                if (name.equals("Masses")) {
                    readMass(text, line);
                } else if (name.equals("Atoms")) {
                    readAtom(text, read++);
                }
            }
            if (name.equals("Atoms") && read != count) {
                throw lines.error("the Atoms section has " + read + " atoms, the header promises " + count
                        + "; the file is not whole");
            }
            return line;
        }

        private void readMass(String text, String line) {
            String[] t = text.split("\\s+");
            if (t.length != 2) {
                throw lines.error("a mass must read 'type mass', got '" + text + "'");
            }
            int type = lines.integer(t[0]);
            if (type < 1 || type > typeCount) {
                throw lines.error("mass of type " + type + ", but types go from 1 to " + typeCount);
            }
            int comment = line.indexOf('#');
            String said = comment < 0 ? "" : line.substring(comment + 1).strip().split("\\s+")[0];
            double mass = lines.real(t[1]);
            elements[type - 1] = Elements.isElement(said) ? said : Elements.byMass(mass).orElseThrow(() -> lines.error(
                    "no element has the mass " + mass + "; put the symbol behind it, as in '" + type + " " + mass
                            + " # Al'"));
        }

        private void startAtoms(String title) {
            int comment = title.indexOf('#');
            String style = comment < 0 ? "atomic" : title.substring(comment + 1).strip().toLowerCase(Locale.ROOT);
            if (!style.equals("atomic")) {
                throw lines.error("atom style '" + style + "' is not read; write the file with atom_style atomic");
            }
            types = new int[count];
            ids = new int[count];
            positions = new double[3 * count];
        }

        private void readAtom(String text, int row) {
            StringTokenizer t = new StringTokenizer(text);
            int columns = t.countTokens();
            if (columns != 5 && columns != 8) {
                throw lines.error("an atom must read 'id type x y z' or 'id type x y z ix iy iz' (atom style atomic),"
                        + " got " + columns + " columns");
            }
            if (row >= count) {
                throw lines.error("more atoms than the " + count + " that the header promises");
            }
            ids[row] = lines.integer(t.nextToken());
            int type = lines.integer(t.nextToken());
            if (type < 1 || type > typeCount) {
                throw lines.error("atom " + ids[row] + " has type " + type + ", but types go from 1 to " + typeCount);
            }
            types[row] = type - 1;
            for (int d = 0; d < 3; d++) {
                positions[3 * row + d] = lines.real(t.nextToken()) - bounds[d][0];
            }
        }

        private Atoms sorted(Cell cell) {
            Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (i, j) -> Integer.compare(ids[i], ids[j]));
            int[] sortedTypes = new int[count];
            double[] sortedPositions = new double[3 * count];
            for (int i = 0; i < count; i++) {
                if (i > 0 && ids[order[i]] == ids[order[i - 1]]) {
                    throw lines.error("two atoms have the id " + ids[order[i]]);
                }
                sortedTypes[i] = types[order[i]];
                System.arraycopy(positions, 3 * order[i], sortedPositions, 3 * i, 3);
            }
            cell.wrap(sortedPositions);
            return new Atoms(cell, new ArrayList<>(List.of(elements)), sortedTypes, sortedPositions);
        }

        private static String withoutComment(String line) {
            int comment = line.indexOf('#');
            return (comment < 0 ? line : line.substring(0, comment)).strip();
        }
    }
}
