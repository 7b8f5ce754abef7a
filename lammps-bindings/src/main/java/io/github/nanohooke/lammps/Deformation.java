// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.structure.Box;

/**
 * A homogeneous deformation x' = F x with upper triangular F, which keeps a restricted triclinic cell in that form:
 * the tilts follow by themselves (11 changes xy and xz with lx, 22 changes yz with ly but not xy, 33 changes none).
 *
 * <p>The strain is in Voigt order 11, 22, 33, 23, 13, 12 with engineering shear; a shear here is the symmetric one
 * followed by a small rotation, which does not matter to first order where the stress is zero.
 */
final class Deformation {
    private final double[] e;

    Deformation(double[] strain) {
        this.e = strain.clone();
    }

    /** One component of that size, the others zero. */
    static Deformation single(int component, double size) {
        double[] strain = new double[6];
        strain[component] = size;
        return new Deformation(strain);
    }

    Box apply(Box box) {
        double a = 1 + e[0];
        double b = 1 + e[1];
        double c = 1 + e[2];
        return new Box(a * box.lx(), b * box.ly(), c * box.lz(),
                a * box.xy() + e[5] * box.ly(),
                a * box.xz() + e[5] * box.yz() + e[4] * box.lz(),
                b * box.yz() + e[3] * box.lz());
    }

    /** Positions x, y, z in turn, moved along. */
    double[] apply(double[] positions) {
        double[] moved = new double[positions.length];
        for (int i = 0; i < positions.length; i += 3) {
            double x = positions[i];
            double y = positions[i + 1];
            double z = positions[i + 2];
            moved[i] = (1 + e[0]) * x + e[5] * y + e[4] * z;
            moved[i + 1] = (1 + e[1]) * y + e[3] * z;
            moved[i + 2] = (1 + e[2]) * z;
        }
        return moved;
    }
}
