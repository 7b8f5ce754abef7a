// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Locale;
import java.util.Optional;

/**
 * A cubic crystal of one element, its cube edges along x, y and z.
 *
 * @param element  symbol, for example {@code Al}
 * @param kind     which cubic lattice
 * @param constant edge a0 of the cubic cell [Å]
 */
public record Lattice(String element, Kind kind, double constant) {

    /** The cubic lattices, with the sites of their cubic cell in units of its edge. */
    public enum Kind {
        SC(Math.sqrt(2) / 2, new double[][] {{0, 0, 0}}),
        BCC(0.5, new double[][] {{0, 0, 0}, {.5, .5, .5}}),
        FCC(Math.sqrt(2) / 4, new double[][] {{0, 0, 0}, {.5, .5, 0}, {.5, 0, .5}, {0, .5, .5}}),
        DIAMOND(0.25, new double[][] {{0, 0, 0}, {.5, .5, 0}, {.5, 0, .5}, {0, .5, .5},
                {.25, .25, .25}, {.75, .75, .25}, {.75, .25, .75}, {.25, .75, .75}});

        private final double covering;
        private final double[][] sites;

        Kind(double covering, double[][] sites) {
            this.covering = covering;
            this.sites = sites;
        }

        /** Atoms in the cubic cell. */
        public int siteCount() {
            return sites.length;
        }

        /** The name that files use: sc, bcc, fcc, diamond. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws StructureException when the element is unknown or the constant is not a positive number */
    public Lattice {
        Elements.mass(element);
        if (kind == null) {
            throw new StructureException("a lattice needs its kind: sc, bcc, fcc or diamond");
        }
        if (!(constant > 0) || !Double.isFinite(constant)) {
            throw new StructureException("the lattice constant must be a positive number of Å, got " + constant);
        }
    }

    /** Aluminium: fcc, 4.05 Å, the paper's crystal (section 2). */
    public static Lattice aluminium() {
        return new Lattice("Al", Kind.FCC, 4.05);
    }

    /**
     * The cubic lattice that most atoms inside a solid stand on, told by their nearest neighbours alone: any
     * orientation, pores and the small displacements of a relaxation are no hindrance. Aluminium within 2 % of
     * {@link #aluminium()} is that lattice, so that its images are those that networks learn from.
     *
     * @return empty where they stand on none of the {@link Kind}s
     * @throws StructureException when no two atoms are near each other
     */
    public static Optional<Lattice> of(Atoms atoms) {
        return FirstShell.of(atoms).lattice();
    }

    /**
     * Radius of the disks that cover the crystal seen along a cube edge and leave no hole [Å]; nothing smaller does.
     * Seen so, the sites of every cubic lattice are those of a square one, and the point in the middle of four sites
     * is farthest from all: a0 / √8 for fcc (which is also half the distance of nearest neighbours), a0 / 2 for bcc,
     * a0 / √2 for sc, a0 / 4 for diamond.
     */
    public double diskRadius() {
        return constant * kind.covering;
    }

    /** The sites of the cubic cell in units of a0, one row x, y, z per atom; a copy. */
    public double[][] basis() {
        double[][] copy = new double[kind.sites.length][];
        for (int s = 0; s < copy.length; s++) {
            copy[s] = kind.sites[s].clone();
        }
        return copy;
    }

    /** Atomic weight of the element [g/mol], see {@link Elements}. */
    public double atomicMass() {
        return Elements.mass(element);
    }
}
