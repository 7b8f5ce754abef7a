// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.List;

/**
 * A crystal with pores cut through it along z; periodic in all directions.
 *
 * <p>An atom is removed when it lies inside a pore or on its boundary ({@link Pore#TOLERANCE}). A pore that crosses the
 * edge of the box goes on at the other side.
 *
 * @param lattice the crystal
 * @param cells   how many of its cubic cells
 * @param pores   may be empty and may overlap
 */
public record PorousStructure(Lattice lattice, Cells cells, List<Pore> pores) {

    /**
     * @throws StructureException when there would be more than {@link Cells#MAX_ATOMS} atoms, a pore lies outside the
     *                            box or is larger than it, or no atom is left
     */
    public PorousStructure {
        pores = List.copyOf(pores);
        if (cells.count() * lattice.kind().siteCount() > Cells.MAX_ATOMS) {
            throw new StructureException(cells + " of " + lattice.kind().label() + " have "
                    + cells.count() * lattice.kind().siteCount() + " atoms, more than the limit of " + Cells.MAX_ATOMS
                    + "; take fewer cells");
        }
        for (int i = 0; i < pores.size(); i++) {
            requireInBox(i, pores.get(i), "x", 0, lattice.constant() * cells.x());
            requireInBox(i, pores.get(i), "y", 2, lattice.constant() * cells.y());
        }
        RemovedSites columns = cut(lattice, cells, pores);
        if (columns.removed() == columns.total()) {
            throw new StructureException("the pores remove all " + cells.count() * lattice.kind().siteCount()
                    + " atoms; make them smaller or take more cells");
        }
    }

    /** The crystal without pores. */
    public static PorousStructure perfect(Lattice lattice, Cells cells) {
        return new PorousStructure(lattice, cells, List.of());
    }

    private static void requireInBox(int index, Pore pore, String axis, int bound, double edge) {
        double low = pore.bounds()[bound];
        double high = pore.bounds()[bound + 1];
        if (high <= 0 || low >= edge) {
            throw new StructureException("pore " + index + " lies outside the box: it reaches from " + axis + " = "
                    + low + " to " + high + " Å, the box from 0 to " + edge + " Å (pores are counted from 0); move"
                    + " it inside, it may cross the edge");
        }
        if (high - low > edge + Pore.TOLERANCE) {
            throw new StructureException("pore " + index + " is larger than the box: " + (high - low) + " Å along "
                    + axis + ", the box " + edge + " Å (pores are counted from 0); make it at most as long as the box,"
                    + " which cuts the box in two");
        }
    }

    private static RemovedSites cut(Lattice lattice, Cells cells, List<Pore> pores) {
        RemovedSites columns = new RemovedSites(lattice, cells);
        pores.forEach(columns::cut);
        return columns;
    }

    /** The unrelaxed cell: orthogonal, edges cells times lattice constant. */
    public Cell cell() {
        double a = lattice.constant();
        return Cell.orthogonal(cells.x() * a, cells.y() * a, cells.z() * a);
    }

    /** The unrelaxed atoms that the pores leave, in the order of {@link #perfect()}. */
    public Atoms atoms() {
        return fill(cut(lattice, cells, pores));
    }

    /** The crystal before pores are cut; cell by cell, x fastest, z slowest, sites in the order of the basis. */
    public Atoms perfect() {
        return fill(new RemovedSites(lattice, cells));
    }

    /** Atoms before pores are cut: N of eq. (1). */
    public int perfectCount() {
        return (int) (cells.count() * lattice.kind().siteCount());
    }

    /** Atoms cut out: N - n of eqs. (1) and (2). */
    public int removedCount() {
        return cut(lattice, cells, pores).removed() * cells.z();
    }

    /** Porosity p by eq. (1): the part of the atoms that is removed [%]. */
    public double porosity() {
        return 100.0 * removedCount() / perfectCount();
    }

    private Atoms fill(RemovedSites columns) {
        double a = lattice.constant();
        double[][] basis = lattice.basis();
        double[] positions = new double[3 * cells.z() * (columns.total() - columns.removed())];
        int n = 0;
        for (int iz = 0; iz < cells.z(); iz++) {
            for (int iy = 0; iy < cells.y(); iy++) {
                for (int ix = 0; ix < cells.x(); ix++) {
                    for (int site = 0; site < basis.length; site++) {
                        if (!columns.isRemoved(ix, iy, site)) {
                            positions[n++] = (ix + basis[site][0]) * a;
                            positions[n++] = (iy + basis[site][1]) * a;
                            positions[n++] = (iz + basis[site][2]) * a;
                        }
                    }
                }
            }
        }
        return Atoms.of(lattice.element(), cell(), positions);
    }
}
