// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * Common neighbour analysis with a fixed cutoff: which atoms have an fcc surrounding.
 *
 * <p>Two atoms are neighbours when they are at most the cutoff apart. An atom is fcc when it has exactly 12 neighbours
 * and every one of these bonds has the signature 421: the pair shares 4 neighbours, among which there are 2 bonds that
 * do not meet (Honeycutt &amp; Andersen, J. Phys. Chem. 91, 4950, 1987; Faken &amp; Jónsson, Comput. Mater. Sci. 2,
 * 279, 1994). Everything else counts as surface, as in the paper (section 2 and fig. 1). For lattices other than fcc
 * this calls every atom surface.
 */
public final class CommonNeighbours {
    private static final int FCC_NEIGHBOURS = 12;

    private CommonNeighbours() {
    }

    /**
     * The fixed cutoff for fcc [Å]: half way between the first and the second shell of neighbours,
     * (1/√2 + 1)/2 a0 = 0.854 a0, as in OVITO and in Tsuzuki et al., Comput. Phys. Commun. 177, 518 (2007).
     *
     * @param latticeConstant a0 [Å]
     */
    public static double fccCutoff(double latticeConstant) {
        return latticeConstant * (Math.sqrt(0.5) + 1) / 2;
    }

    /**
     * Which atoms have an fcc surrounding. Any cell is allowed, also one with edges shorter than the cutoff: each
     * periodic image is a neighbour of its own.
     *
     * @param cutoff how far neighbours are apart at most [Å], see {@link #fccCutoff}
     * @return one entry per atom
     * @throws StructureException when the cutoff is not a positive number
     */
    public static boolean[] fcc(Atoms atoms, double cutoff) {
        if (!(cutoff > 0) || !Double.isFinite(cutoff)) {
            throw new StructureException("the cutoff of the common neighbour analysis must be a positive number of Å,"
                    + " got " + cutoff);
        }
        NeighbourGrid grid = new NeighbourGrid(atoms, cutoff);
        double[] neighbours = new double[3 * FCC_NEIGHBOURS];
        boolean[] fcc = new boolean[atoms.count()];
        for (int i = 0; i < fcc.length; i++) {
            fcc[i] = grid.neighbours(i, neighbours) == FCC_NEIGHBOURS && isFcc(neighbours, cutoff * cutoff);
        }
        return fcc;
    }

    /** Number of atoms without an fcc surrounding: n_s of eq. (2). */
    public static int surfaceAtoms(Atoms atoms, double cutoff) {
        int surface = 0;
        for (boolean fcc : fcc(atoms, cutoff)) {
            surface += fcc ? 0 : 1;
        }
        return surface;
    }

    /**
     * Surface atoms of the unrelaxed structure, with the cutoff of its lattice.
     *
     * @throws StructureException when its lattice is not fcc
     */
    public static int surfaceAtoms(PorousStructure structure) {
        if (structure.lattice().kind() != Lattice.Kind.FCC) {
            throw new StructureException("common neighbour analysis is for fcc crystals, not for "
                    + structure.lattice().kind().label());
        }
        return surfaceAtoms(structure.atoms(), fccCutoff(structure.lattice().constant()));
    }

    /**
     * Dispersion d by eq. (2) [%]: surface atoms per removed atom.
     *
     * @return 0 when no atom is removed: a crystal without pores has nothing to disperse
     */
    public static double dispersion(int surfaceAtoms, int removedAtoms) {
        if (surfaceAtoms < 0 || removedAtoms < 0) {
            throw new StructureException("numbers of atoms must not be negative, got " + surfaceAtoms + " and "
                    + removedAtoms);
        }
        return removedAtoms == 0 ? 0 : 100.0 * surfaceAtoms / removedAtoms;
    }

    /** Whether all 12 bonds have the signature 421. Displacements from the atom, so that images are told apart. */
    static boolean isFcc(double[] d, double squaredCutoff) {
        int[] bonded = new int[FCC_NEIGHBOURS];
        for (int i = 1; i < FCC_NEIGHBOURS; i++) {
            int row = 0;
            for (int j = 0; j < i; j++) {
                double dx = d[3 * i] - d[3 * j];
                double dy = d[3 * i + 1] - d[3 * j + 1];
                double dz = d[3 * i + 2] - d[3 * j + 2];
                // The sign tells, without a jump: every third pair is a bond, which no processor foresees.
                long longer = Double.doubleToRawLongBits(squaredCutoff - (dx * dx + dy * dy + dz * dz)) >>> 63;
                int bond = 1 - (int) longer;
                row |= bond << j;
                bonded[j] |= bond << i;
            }
            bonded[i] |= row;
        }
        for (int common : bonded) {
            if (Integer.bitCount(common) != 4) {
                return false;
            }
            // Two bonds among four atoms do not meet exactly when each atom has one of them.
            for (int rest = common; rest != 0; rest &= rest - 1) {
                if (Integer.bitCount(bonded[Integer.numberOfTrailingZeros(rest)] & common) != 1) {
                    return false;
                }
            }
        }
        return true;
    }
}
