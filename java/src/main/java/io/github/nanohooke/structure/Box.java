// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * The six numbers of a periodic {@link Cell} in LAMMPS' restricted triclinic form: a = (lx, 0, 0),
 * b = (xy, ly, 0), c = (xz, yz, lz), all in Å.
 *
 * @param lx length of a along x [Å]
 * @param ly extent of b along y [Å]
 * @param lz extent of c along z [Å]
 * @param xy tilt of b along x [Å]
 * @param xz tilt of c along x [Å]
 * @param yz tilt of c along y [Å]
 */
public record Box(double lx, double ly, double lz, double xy, double xz, double yz) {

    /** @throws IllegalArgumentException when an edge is not positive or a number is not finite */
    public Box {
        if (!(lx > 0) || !(ly > 0) || !(lz > 0)) {
            throw new IllegalArgumentException(
                    "box edges must be positive, got lx=" + lx + " ly=" + ly + " lz=" + lz + " Å");
        }
        if (!Double.isFinite(lx + ly + lz + xy + xz + yz)) {
            throw new IllegalArgumentException("box has a number that is not finite: tilts xy=" + xy + " xz=" + xz
                    + " yz=" + yz + " Å");
        }
    }

    /** An orthogonal cell [Å]. */
    public static Box orthogonal(double lx, double ly, double lz) {
        return new Box(lx, ly, lz, 0, 0, 0);
    }

    /** Volume [Å³]. */
    public double volume() {
        return lx * ly * lz;
    }

    /** Whether all tilts are exactly zero. */
    public boolean isOrthogonal() {
        return xy == 0 && xz == 0 && yz == 0;
    }

    /** The cell with these three vectors. */
    public Cell cell() {
        return Cell.of(new double[][] {{lx, 0, 0}, {xy, ly, 0}, {xz, yz, lz}});
    }
}
