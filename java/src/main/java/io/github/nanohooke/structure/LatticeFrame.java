// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * Turns a periodic cell given by any three right-handed vectors into the restricted triclinic frame: a along x, b in
 * the xy plane. A cell that is in this frame already keeps every bit.
 */
final class LatticeFrame {
    private final double[] origin;
    private final Box box;
    /** Rows are the new x, y and z axes in the old frame; null where the frames agree. */
    private final double[][] axes;

    /**
     * @param v      a, b and c in turn [Å], 9 numbers
     * @param origin the cell's lower corner [Å]
     * @throws StructureException when the vectors span no volume or are left-handed
     */
    LatticeFrame(double[] v, double[] origin) {
        this.origin = origin.clone();
        if (v[1] == 0 && v[2] == 0 && v[5] == 0 && v[0] > 0 && v[4] > 0 && v[8] > 0) {
            box = new Box(v[0], v[4], v[8], v[3], v[6], v[7]);
            axes = null;
            return;
        }
        double[] a = {v[0], v[1], v[2]};
        double[] b = {v[3], v[4], v[5]};
        double[] c = {v[6], v[7], v[8]};
        double[] normal = cross(a, b);
        double volume = dot(normal, c);
        double scale = length(a) * length(b) * length(c);
        if (!(Math.abs(volume) > 1e-9 * scale)) {
            throw new StructureException("the three lattice vectors lie in a plane, so the cell has no volume");
        }
        if (volume < 0) {
            throw new StructureException("the lattice vectors are left-handed; exchange two of them");
        }
        double[] x = scaled(a, 1 / length(a));
        double[] z = scaled(normal, 1 / length(normal));
        axes = new double[][] {x, cross(z, x), z};
        box = new Box(length(a), dot(b, axes[1]), dot(c, z), dot(b, x), dot(c, x), dot(c, axes[1]));
    }

    Box box() {
        return box;
    }

    /** Turns positions x, y, z of each atom in turn [Å], in place; counted from the lower corner afterwards. */
    void turn(double[] positions) {
        for (int i = 0; i < positions.length; i += 3) {
            double[] p = {positions[i] - origin[0], positions[i + 1] - origin[1], positions[i + 2] - origin[2]};
            for (int d = 0; d < 3; d++) {
                positions[i + d] = axes == null ? p[d] : dot(axes[d], p);
            }
        }
    }

    private static double dot(double[] p, double[] q) {
        return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
    }

    private static double length(double[] p) {
        return Math.sqrt(dot(p, p));
    }

    private static double[] scaled(double[] p, double factor) {
        return new double[] {p[0] * factor, p[1] * factor, p[2] * factor};
    }

    private static double[] cross(double[] p, double[] q) {
        return new double[] {p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]};
    }
}
