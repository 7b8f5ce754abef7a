// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;

/** Brings atoms into their cell, as LAMMPS wants them, and back to the images in which they were given. */
final class PeriodicWrap {
    private final int[] images;
    private final Atoms wrapped;

    PeriodicWrap(Atoms atoms) {
        Box box = atoms.box();
        double[] x = atoms.positions();
        images = new int[x.length];
        for (int i = 0; i < x.length; i += 3) {
            double c = x[i + 2] / box.lz();
            double b = (x[i + 1] - c * box.yz()) / box.ly();
            double a = (x[i] - b * box.xy() - c * box.xz()) / box.lx();
            images[i] = (int) Math.floor(a);
            images[i + 1] = (int) Math.floor(b);
            images[i + 2] = (int) Math.floor(c);
        }
        wrapped = atoms.moved(box, shifted(box, x, -1));
    }

    Atoms wrapped() {
        return wrapped;
    }

    /** Positions in another cell, in the images of the atoms that were given. */
    double[] unwrap(Box box, double[] positions) {
        return shifted(box, positions, 1);
    }

    private double[] shifted(Box box, double[] positions, int sign) {
        double[] x = positions.clone();
        for (int i = 0; i < x.length; i += 3) {
            x[i] += sign * (images[i] * box.lx() + images[i + 1] * box.xy() + images[i + 2] * box.xz());
            x[i + 1] += sign * (images[i + 1] * box.ly() + images[i + 2] * box.yz());
            x[i + 2] += sign * images[i + 2] * box.lz();
        }
        return x;
    }
}
