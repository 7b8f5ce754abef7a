// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.NeighbourGrid;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.StructureException;
import java.util.Locale;

/**
 * Whether atoms can be those of a metal in Å, asked before anything is calculated from them: a wrong unit or a
 * duplicated atom makes some methods answer with nonsense and others never end. Whatever passes is a legal question,
 * pores, slabs and strange crystals included.
 */
public final class PlausibleAtoms {
    /**
     * Distance below which two atoms are one and the same by mistake [Å]: a fifth of the shortest bond of a metal
     * (beryllium, 2.2 Å), and of no potential's range.
     */
    public static final double LEAST_DISTANCE = 0.5;
    /** Most atoms per Å³: four times beryllium's 0.124, the densest metal's; no pressure of the earth doubles one. */
    public static final double MOST_DENSITY = 0.5;
    /**
     * Fewest atoms per Å³: a solid of caesium (0.0087, the thinnest metal) has more at a porosity of 99.99 %, and a
     * solid of beryllium given in picometres has fewer.
     */
    public static final double LEAST_DENSITY = 2e-7;
    /** Cells with vectors of {@link #LEAST_DISTANCE} and reduced angles are thicker than this [Å]. */
    private static final double LEAST_THICKNESS = 0.25;
    /** Periods outside of the cell at which a coordinate has lost the digits that forces need. */
    private static final double MOST_TURNS = 1e6;
    private static final String UNITS = "lengths are in Å (aluminium's lattice constant is 4.05, not 0.405 nm, 405 pm"
            + " or 4.05e-10 m)";

    private PlausibleAtoms() {
    }

    /** @throws StructureException saying what is wrong and what to do, when no metal can be so */
    public static void require(Atoms atoms) {
        if (atoms.count() == 0) {
            throw new StructureException("there are no atoms to calculate with");
        }
        requireDensity(atoms);
        requireNear(atoms);
        // A cell that lies very askew is thin only as long as it is told by its own vectors.
        Atoms compact = RestrictedFrame.reduced(atoms.cell()).enter(atoms);
        requireThickness(compact.cell());
        requireApart(compact);
    }

    private static void requireDensity(Atoms atoms) {
        double density = atoms.count() / atoms.cell().volume();
        if (!(density <= MOST_DENSITY) || !(density >= LEAST_DENSITY)) {
            throw new StructureException(format("%d atoms in %.3g Å³ are %.3g per Å³, %s than any metal with or without"
                    + " pores (solid ones have 0.009 to 0.12): %s", atoms.count(), atoms.cell().volume(), density,
                    density < LEAST_DENSITY ? "far fewer" : "far more", UNITS));
        }
    }

    private static void requireThickness(Cell cell) {
        double[] heights = cell.heights();
        for (int v = 0; v < 3; v++) {
            if (heights[v] < LEAST_THICKNESS) {
                throw new StructureException(format("the cell is only %.3g Å thick along %c, less than %.2f Å, so"
                        + " that atoms and their images overlap: %s", heights[v], "abc".charAt(v), LEAST_THICKNESS,
                        UNITS));
            }
        }
    }

    /**
     * Refuses positions so far from the cell that no digit of where they lie in it is left; for readers, which bring
     * atoms into the cell.
     *
     * @throws StructureException naming the first such atom
     */
    public static void requireNear(Atoms atoms) {
        for (int i = 0; i < atoms.count(); i++) {
            for (int v = 0; v < 3; v++) {
                double turns = atoms.cell().fraction(v, atoms.x(i), atoms.y(i), atoms.z(i));
                if (!(Math.abs(turns) < MOST_TURNS)) {
                    throw new StructureException(format("atom %d (counted from 0) lies %.3g periods of the cell along"
                            + " %c from its corner: %s; bring the atoms into the cell", i, turns, "abc".charAt(v),
                            UNITS));
                }
            }
        }
    }

    private static void requireApart(Atoms atoms) {
        NeighbourGrid near = new NeighbourGrid(atoms, LEAST_DISTANCE);
        for (int i = 0; i < atoms.count(); i++) {
            int atom = i;
            near.visit(i, (other, dx, dy, dz) -> {
                throw new StructureException(format("atoms %d and %d (counted from 0) are %.3g Å apart, nearer than"
                        + " %.1f Å: no potential holds there; %s and positions are not fractions of the cell; remove"
                        + " duplicates, and mind images across the cell's faces", atom, other,
                        Math.sqrt(dx * dx + dy * dy + dz * dz), LEAST_DISTANCE, UNITS));
            });
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
