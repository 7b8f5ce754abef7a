// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.BitSet;

/**
 * Which sites of one layer of cubic cells have been cut out. Pores run along z without end, so a site stands for a
 * column: what holds in one layer of cells holds in all.
 */
final class RemovedSites {
    private final Lattice lattice;
    private final double[][] basis;
    private final int nx;
    private final int ny;
    private final BitSet removed;
    private int removedCount;

    RemovedSites(Lattice lattice, Cells cells) {
        this.lattice = lattice;
        this.basis = lattice.basis();
        this.nx = cells.x();
        this.ny = cells.y();
        this.removed = new BitSet(nx * ny * basis.length);
    }

    /** Sites in one layer of cells. */
    int total() {
        return nx * ny * basis.length;
    }

    /** Sites cut out so far. */
    int removed() {
        return removedCount;
    }

    boolean isRemoved(int ix, int iy, int site) {
        return removed.get(index(ix, iy, site));
    }

    /**
     * Cuts a pore; where it leaves the box it goes on at the other side. Only sites within its bounds are looked at, so
     * that a beam with thousands of pores costs no more than their area.
     *
     * @return how many sites went that had been there
     */
    int cut(Pore pore) {
        double[] bounds = pore.bounds();
        double a = lattice.constant();
        int before = removedCount;
        for (int site = 0; site < basis.length; site++) {
            double fx = basis[site][0];
            double fy = basis[site][1];
            int firstX = (int) Math.ceil((bounds[0] - Pore.TOLERANCE) / a - fx);
            int lastX = (int) Math.floor((bounds[1] + Pore.TOLERANCE) / a - fx);
            int firstY = (int) Math.ceil((bounds[2] - Pore.TOLERANCE) / a - fy);
            int lastY = (int) Math.floor((bounds[3] + Pore.TOLERANCE) / a - fy);
            for (int iy = firstY; iy <= lastY; iy++) {
                for (int ix = firstX; ix <= lastX; ix++) {
                    if (pore.contains((ix + fx) * a, (iy + fy) * a, Pore.TOLERANCE)) {
                        remove(index(Math.floorMod(ix, nx), Math.floorMod(iy, ny), site));
                    }
                }
            }
        }
        return removedCount - before;
    }

    private void remove(int index) {
        if (!removed.get(index)) {
            removed.set(index);
            removedCount++;
        }
    }

    private int index(int ix, int iy, int site) {
        return (iy * nx + ix) * basis.length + site;
    }
}
