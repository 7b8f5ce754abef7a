// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Random;

/** Crystals seen from axes of any direction. */
final class TestAxes {
    private TestAxes() {
    }

    /** Atoms and cell after a random rotation. */
    static Atoms turned(Atoms atoms, long seed) {
        Random random = new Random(seed);
        double[] x = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] y = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] z = Vectors.cross(x, y);
        y = Vectors.cross(z, x);
        double[][] turn = {Vectors.scaled(x, 1 / Vectors.length(x)), Vectors.scaled(y, 1 / Vectors.length(y)),
            Vectors.scaled(z, 1 / Vectors.length(z))};
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            double[] p = {positions[i], positions[i + 1], positions[i + 2]};
            System.arraycopy(Vectors.product(turn, p), 0, positions, i, 3);
        }
        return atoms.moved(atoms.cell().transformed(turn), positions);
    }
}
