// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;

/** Small fcc crystals for the tests of images and pictures. */
public final class TestCrystals {
    public static final double A0 = 4.05;

    private static final double[][] BASIS = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};

    private TestCrystals() {
    }

    /** fcc aluminium with its first atom in the corner. */
    public static Atoms fcc(int nx, int ny, int nz) {
        double[] positions = new double[12 * nx * ny * nz];
        int n = 0;
        for (int i = 0; i < nx * ny * nz; i++) {
            for (double[] b : BASIS) {
                positions[n++] = A0 * (i % nx + b[0]);
                positions[n++] = A0 * (i / nx % ny + b[1]);
                positions[n++] = A0 * (i / nx / ny + b[2]);
            }
        }
        return Atoms.of("Al", Cell.orthogonal(A0 * nx, A0 * ny, A0 * nz), positions);
    }

    /** What is left when atoms are taken out. */
    public static Atoms without(Atoms atoms, IntPredicate removed) {
        double[] kept = new double[3 * atoms.count()];
        int n = 0;
        for (int i = 0; i < atoms.count(); i++) {
            if (!removed.test(i)) {
                kept[n++] = atoms.x(i);
                kept[n++] = atoms.y(i);
                kept[n++] = atoms.z(i);
            }
        }
        return Atoms.of("Al", atoms.cell(), Arrays.copyOf(kept, n));
    }

    /** A crystal of 20 x 20 x 1 cells with a block of whole cells removed, as in Fig. 4 of the paper. */
    public static Atoms withSquareHole(int firstCell, int cells) {
        double from = A0 * firstCell - 0.1;
        double to = A0 * (firstCell + cells) - 0.1;
        Atoms full = fcc(20, 20, 1);
        return without(full, i -> full.x(i) > from && full.x(i) < to && full.y(i) > from && full.y(i) < to);
    }

    /** Without any symmetry: atoms scattered through a cell, some outside it. */
    public static Atoms scattered(Cell cell, int count, long seed) {
        Random random = new Random(seed);
        double[] positions = new double[3 * count];
        for (int i = 0; i < count; i++) {
            positions[3 * i] = cell.length(0) * (2 * random.nextDouble() - 0.5);
            positions[3 * i + 1] = cell.length(1) * (2 * random.nextDouble() - 0.5);
            positions[3 * i + 2] = cell.length(2) * random.nextDouble();
        }
        return Atoms.of("Al", cell, positions);
    }

    /** The same atoms moved. */
    public static Atoms moved(Atoms atoms, double dx, double dy, double dz) {
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i += 3) {
            positions[i] += dx;
            positions[i + 1] += dy;
            positions[i + 2] += dz;
        }
        return atoms.moved(atoms.cell(), positions);
    }
}
