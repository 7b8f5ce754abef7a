// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import io.github.nanohooke.structure.Lattice;
import java.util.Locale;

/**
 * The square cell that a network has learnt from, and so what every image is to it, whatever was drawn.
 *
 * @param element         the metal
 * @param cells           lattice cells along an edge
 * @param latticeConstant [Å]
 */
public record TrainedCell(String element, int cells, double latticeConstant) {
    /**
     * Distance up to which atoms interact, in lattice constants: 6.287 Å of the 4.05 Å of Mishin's aluminium. Other
     * metals' embedded-atom potentials end near there, between the fourth and the fifth shell of neighbours.
     */
    private static final double RANGE = 6.287 / 4.05;

    /** Radius of the disks that atoms are drawn as [pixels]. */
    public double diskRadius(int pixels) {
        return new Lattice(element, Lattice.Kind.FCC, (double) pixels / cells).diskRadius();
    }

    /**
     * Largest distance of solid pixels whose atoms still interact [pixels]: the potential's range less two radii; the
     * pixel is for the edges, which lie up to one behind the disks'.
     */
    public double gap(int pixels) {
        return RANGE * pixels / cells - 2 * diskRadius(pixels) + 1;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %d x %d cells of %s Å", element, cells, cells, latticeConstant);
    }
}
