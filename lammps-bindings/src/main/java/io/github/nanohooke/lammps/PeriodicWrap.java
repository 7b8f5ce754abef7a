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
        double[] inside = atoms.positions();
        box.wrap(inside);
        wrapped = atoms.moved(box, inside);
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
        for (int i = 0; i < x.length; i += 3) {
            x[i] += images[i] * box.lx() + images[i + 1] * box.xy() + images[i + 2] * box.xz();
            x[i + 1] += images[i + 1] * box.ly() + images[i + 2] * box.yz();
            x[i + 2] += images[i + 2] * box.lz();
        }
        return x;
    }
}
