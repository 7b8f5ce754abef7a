// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * A periodic cell in LAMMPS' restricted triclinic form: a = (lx, 0, 0), b = (xy, ly, 0), c = (xz, yz, lz), all in Å.
 * Atom positions are relative to the same origin, which lies at the lower corner.
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

    /** Distances between opposite faces of the cell along a, b and c [Å]; for an orthogonal cell its edges. */
    public double[] heights() {
        // Volume over the area of the face: |b x c|, |c x a|, |a x b|.
        double bcx = ly * lz;
        double bcy = xy * lz;
        double bcz = xy * yz - ly * xz;
        return new double[] {
            volume() / Math.sqrt(bcx * bcx + bcy * bcy + bcz * bcz),
            volume() / (lx * Math.hypot(lz, yz)),
            lz};
    }

    /**
     * Brings points into the cell by whole lattice vectors, in place; points already inside keep every bit.
     *
     * @param positions x, y, z of each point in turn [Å]
     */
    public void wrap(double[] positions) {
        for (int i = 0; i < positions.length; i += 3) {
            // The second pass catches a point a rounding error below zero, which the first puts on the far face.
            wrapOnce(positions, i);
            wrapOnce(positions, i);
        }
    }

    private void wrapOnce(double[] p, int i) {
        double c = Math.floor(p[i + 2] / lz);
        if (c != 0) {
            p[i] -= c * xz;
            p[i + 1] -= c * yz;
            p[i + 2] -= c * lz;
        }
        double sc = p[i + 2] / lz;
        double b = Math.floor((p[i + 1] - yz * sc) / ly);
        if (b != 0) {
            p[i] -= b * xy;
            p[i + 1] -= b * ly;
        }
        double sb = (p[i + 1] - yz * sc) / ly;
        double a = Math.floor((p[i] - xz * sc - xy * sb) / lx);
        if (a != 0) {
            p[i] -= a * lx;
        }
    }
}
