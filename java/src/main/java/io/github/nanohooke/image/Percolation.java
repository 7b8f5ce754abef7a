// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import java.math.BigInteger;
import java.util.List;

/**
 * Along which directions the solid of a periodic image goes on for ever: the lattice translations, in cells, by which
 * a piece of it reaches its own copy. A piece that has two independent ones is continuous in the plane; one, a strip
 * along it; none, an island.
 *
 * @param windings independent translations (across, up) of the pieces, two at most. Pieces with one translation each
 *                 share it: strips that do not cross are parallel.
 */
public record Percolation(List<Winding> windings) {

    /** Of an image without pores. */
    public static final Percolation WHOLE = new Percolation(List.of(new Winding(1, 0), new Winding(0, 1)));

    /**
     * A translation in cells.
     *
     * @param x along the first edge
     * @param y along the second
     */
    public record Winding(int x, int y) {
        /** The shortest one along a direction that is not (0, 0), to the right or else upwards. */
        static Winding along(int x, int y) {
            int shortest = BigInteger.valueOf(x).gcd(BigInteger.valueOf(y)).intValue();
            int sign = x < 0 || x == 0 && y < 0 ? -1 : 1;
            return new Winding(sign * x / shortest, sign * y / shortest);
        }

        boolean isIndependentOf(Winding other) {
            return x * other.y != y * other.x;
        }
    }

    public Percolation {
        windings = List.copyOf(windings);
    }

    /**
     * Of an image.
     *
     * @param gap solid pixels whose centres are at most this far apart belong to one piece [pixels], for atoms interact
     *            beyond the disks that are drawn; below 1.5 it is that of pixels that touch, corners included
     */
    public static Percolation of(StructureImage image, double gap) {
        // Pixels that have grown by half the gap touch where they were a gap apart; touching is a distance of one.
        double radius = (gap - 1) / 2;
        Morphology solid = Morphology.of(image);
        return new Percolation(new RunPieces(radius < 1 ? solid : solid.dilated(radius)).windings());
    }

    /** Whether the solid is continuous in the plane. */
    public boolean isWhole() {
        return windings.size() == 2;
    }
}
