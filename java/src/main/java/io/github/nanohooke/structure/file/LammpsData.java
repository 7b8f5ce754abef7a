// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Elements;
import io.github.nanohooke.structure.RestrictedFrame;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/**
 * Atoms as a LAMMPS data file, atom style {@code atomic}, metal units (LAMMPS' {@code read_data}). Orthogonal and
 * restricted triclinic cells are written; general triclinic ones (avec, bvec, cvec) are read too, and keep their axes.
 *
 * <p>Numbers are written so that reading gives the same doubles. The element of a type stands as a comment behind its
 * mass. On reading, positions are counted from the cell's corner and brought into the cell by whole lattice vectors,
 * and atoms are put in the order of their ids; types may be told by labels, those without atoms are dropped and those
 * of one element become one; image flags, velocities, bonds and coefficients are not used.
 */
public final class LammpsData {

    private LammpsData() {
    }

    /** @throws io.github.nanohooke.io.FileWriteException when it cannot be written */
    public static void write(Path file, Atoms atoms) {
        AtomicFile.writeText(file, out -> write(out, atoms));
    }

    /**
     * @throws io.github.nanohooke.structure.StructureException naming the file and the line, when it is missing,
     *     truncated or no data file of this style, or an element cannot be told
     */
    public static Atoms read(Path file) {
        try (TextLines lines = TextLines.open(file)) {
            return read(lines);
        }
    }

    static Atoms read(TextLines lines) {
        return new LammpsDataReader(lines).read();
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
}
