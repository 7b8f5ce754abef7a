// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Locale;

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
        SC(new double[][] {{0, 0, 0}}),
        BCC(new double[][] {{0, 0, 0}, {.5, .5, .5}}),
        FCC(new double[][] {{0, 0, 0}, {.5, .5, 0}, {.5, 0, .5}, {0, .5, .5}}),
        DIAMOND(new double[][] {{0, 0, 0}, {.5, .5, 0}, {.5, 0, .5}, {0, .5, .5},
                {.25, .25, .25}, {.75, .75, .25}, {.75, .25, .75}, {.25, .75, .75}});

        private final double[][] sites;

        Kind(double[][] sites) {
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
