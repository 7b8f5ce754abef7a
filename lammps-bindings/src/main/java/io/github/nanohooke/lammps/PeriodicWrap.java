// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;

/** Brings atoms into their cell, as LAMMPS wants them, and back to the images in which they were given. */
final class PeriodicWrap {
    private final int[] images;
    private final Atoms wrapped;

    /** @param atoms in the frame of their box, see {@link RestrictedFrame} */
    PeriodicWrap(Atoms atoms) {
        Box box = RestrictedFrame.of(atoms.cell()).box();
        double[] inside = atoms.positions();
        atoms.cell().wrap(inside);
        wrapped = atoms.moved(atoms.cell(), inside);
        images = new int[inside.length];
        for (int i = 0; i < inside.length; i += 3) {
            double c = Math.rint((atoms.z(i / 3) - inside[i + 2]) / box.lz());
            double b = Math.rint((atoms.y(i / 3) - inside[i + 1] - c * box.yz()) / box.ly());
            double a = Math.rint((atoms.x(i / 3) - inside[i] - b * box.xy() - c * box.xz()) / box.lx());
            images[i] = (int) a;
            images[i + 1] = (int) b;
            images[i + 2] = (int) c;
        }
    }

    Atoms wrapped() {
        return wrapped;
    }

    /** Positions in the relaxed cell, in the images of the atoms that were given. */
    double[] unwrap(Box box, double[] positions) {
        double[] x = positions.clone();
        shift(x, images, 1, box);
        return x;
    }

    /** Moves each atom by so many cell vectors a, b, c times the sign, in place. */
    static void shift(double[] positions, int[] images, int sign, Box box) {
        for (int i = 0; i < positions.length; i += 3) {
            int a = sign * images[i];
            int b = sign * images[i + 1];
            int c = sign * images[i + 2];
            positions[i] += a * box.lx() + b * box.xy() + c * box.xz();
            positions[i + 1] += b * box.ly() + c * box.yz();
            positions[i + 2] += c * box.lz();
        }
    }
}
