// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringTokenizer;

/** One pass over a LAMMPS data file: the header, then sections in any order. */
final class LammpsDataReader {
    private final TextLines lines;
    private final LammpsCell cell;
    private LammpsTypes types;
    private int count;
    private int typeCount;
    private AtomRows rows;

    LammpsDataReader(TextLines lines) {
        this.lines = lines;
        this.cell = new LammpsCell(lines);
    }

    Atoms read() {
        if (lines.next() == null) {
            throw lines.error("the file is empty");
        }
        for (String line = readHeader(); line != null;) {
            line = readSection(line);
        }
        if (rows == null) {
            throw lines.error("there is no Atoms section");
        }
        return sorted(cell.cell());
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
                typeCount = LammpsTypes.count(t[0], lines);
            } else {
                cell.readLine(text);
            }
        }
        String missing = count == 0 ? "N atoms" : typeCount == 0 ? "N atom types" : cell.missing();
        if (missing != null) {
            throw lines.error("the header ends without a line '" + missing + "'; this is no LAMMPS data file, or not a"
                    + " whole one");
        }
        types = new LammpsTypes(typeCount, lines);
        return line;
    }

    /** Reads one section and returns the title of the next, or null. */
    private String readSection(String title) {
        String name = withoutComment(title);
        if (name.equals("Atoms")) {
            startAtoms(title);
        } else if (name.equals("Masses")) {
            types.startMasses();
        }
        int read = 0;
        String line;
        while ((line = lines.next()) != null) {
            String text = withoutComment(line);
            if (text.isEmpty()) {
                continue;
            }
            // A line may begin with a type's label; a title never does.
            if (Character.isLetter(text.charAt(0)) && !types.isLabel(text.split("\\s+")[0])) {
                break;
            }
            switch (name) {
                case "Atom Type Labels" -> types.readLabel(text);
                case "Masses" -> types.readMass(text, line);
                case "Atoms" -> readAtom(text, read++);
                default -> {
                    // Of no use here.
                }
            }
        }
        if (name.equals("Atoms") && read != count) {
            throw lines.error("the Atoms section has " + read + " atoms, the header promises " + count
                    + "; the file is not whole");
        }
        return line;
    }

    private void startAtoms(String title) {
        int comment = title.indexOf('#');
        String style = comment < 0 ? "atomic" : title.substring(comment + 1).strip().toLowerCase(Locale.ROOT);
        if (!style.equals("atomic")) {
            throw lines.error("atom style '" + style + "' is not read; write the file with atom_style atomic");
        }
        rows = new AtomRows();
    }

    private void readAtom(String text, int row) {
        StringTokenizer t = new StringTokenizer(text);
        int columns = t.countTokens();
        if (columns != 5 && columns != 8) {
            throw lines.error("an atom must read 'id type x y z' or 'id type x y z ix iy iz' (atom style atomic), got "
                    + columns + " columns");
        }
        if (row >= count) {
            throw lines.error("more atoms than the " + count + " that the header promises");
        }
        int id = lines.integer(t.nextToken());
        int type = types.index(t.nextToken(), "atom " + id + " has");
        double[] place = new double[3];
        for (int d = 0; d < 3; d++) {
            place[d] = lines.real(t.nextToken()) - cell.corner(d);
        }
        rows.add(id, type, place);
    }

    private Atoms sorted(Cell box) {
        int[] ids = rows.ids();
        int[] typeOf = rows.types();
        double[] positions = rows.positions();
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Integer.compare(ids[i], ids[j]));
        int[] sortedTypes = new int[count];
        double[] sortedPositions = new double[3 * count];
        for (int i = 0; i < count; i++) {
            if (i > 0 && ids[order[i]] == ids[order[i - 1]]) {
                throw lines.error("two atoms have the id " + ids[order[i]]);
            }
            sortedTypes[i] = typeOf[order[i]];
            System.arraycopy(positions, 3 * order[i], sortedPositions, 3 * i, 3);
        }
        Atoms atoms = new Atoms(box, types.merge(sortedTypes), sortedTypes, sortedPositions);
        PlausibleAtoms.requireNear(atoms);
        return atoms.wrapped();
    }

    static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }
}
