// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpringPreconditionerTest {
    private static final double HOLD = 0.03;
    private static final double REACH = 1.5;

    /** A disturbed crystal in a tilted cell; small ones have springs to their own images. */
    private static Atoms crystal(int cells, long seed) {
        double a = 4.05;
        Box box = new Box(cells * a, cells * a, a, 0.3 * cells, -0.4, 0.7);
        double[] positions = new double[12 * cells * cells];
        double[][] basis = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
        Random random = new Random(seed);
        for (int i = 0; i < positions.length / 3; i++) {
            double fa = (i / 4 % cells + basis[i % 4][0]) / cells;
            double fb = (i / 4 / cells + basis[i % 4][1]) / cells;
            double fc = basis[i % 4][2];
            positions[3 * i] = fa * box.lx() + fb * box.xy() + fc * box.xz() + random.nextDouble(-0.2, 0.2);
            positions[3 * i + 1] = fb * box.ly() + fc * box.yz() + random.nextDouble(-0.2, 0.2);
            positions[3 * i + 2] = fc * box.lz() + random.nextDouble(-0.2, 0.2);
        }
        return Atoms.of("Al", box.cell(), positions);
    }

    /** Gradient of the springs' energy at displacements and strain, by the plainest loops there are. */
    private static double[] gradient(Atoms atoms, double nearest, double[] y) {
        int n = atoms.count();
        Box box = RestrictedFrame.of(atoms.cell()).box();
        double[] gradient = new double[y.length];
        int[][] components = {{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}};
        double[] held = new double[6];
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < 3; d++) {
                gradient[3 * i + d] += HOLD * y[3 * i + d];
            }
            for (int j = 0; j < n; j++) {
                for (int image = 0; image < 343; image++) {
                    int ka = image % 7 - 3;
                    int kb = image / 7 % 7 - 3;
                    int kc = image / 49 - 3;
                    double[] r = {
                        atoms.x(j) - atoms.x(i) + ka * box.lx() + kb * box.xy() + kc * box.xz(),
                        atoms.y(j) - atoms.y(i) + kb * box.ly() + kc * box.yz(),
                        atoms.z(j) - atoms.z(i) + kc * box.lz()};
                    double length = Math.sqrt(StepMemory.dot(r, r));
                    if (length == 0 || length > REACH * nearest) {
                        continue;
                    }
                    double stiffness = Math.exp(-3 * (length / nearest - 1));
                    double[] stretch = new double[3];
                    for (int d = 0; d < 3; d++) {
                        stretch[d] = y[3 * j + d] - y[3 * i + d];
                    }
                    for (int k = 0; k < 6; k++) {
                        stretch[components[k][0]] += y[3 * n + k] * r[components[k][1]];
                        held[k] += 0.5 * stiffness * r[components[k][1]] * r[components[k][1]];
                    }
                    for (int d = 0; d < 3; d++) {
                        gradient[3 * i + d] -= 0.5 * stiffness * stretch[d];
                        gradient[3 * j + d] += 0.5 * stiffness * stretch[d];
                    }
                    for (int k = 0; k < 6; k++) {
                        gradient[3 * n + k] += 0.5 * stiffness * stretch[components[k][0]] * r[components[k][1]];
                    }
                }
            }
        }
        for (int k = 0; k < 6; k++) {
            gradient[3 * n + k] += HOLD * (held[k] + nearest * nearest) * y[3 * n + k];
        }
        return gradient;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void itUndoesTheGradientOfTheSpringsEnergy(int cells) {
        Atoms atoms = crystal(cells, cells);
        double[] y = new Random(7).doubles(3L * atoms.count() + 6, -1, 1).toArray();
        double[] solved = gradient(atoms, new SpringNetwork(atoms).nearest(), y);
        solve(atoms, solved);

        assertThat(solved).containsExactly(y, within(1e-9));
    }

    private static void solve(Atoms atoms, double[] vector) {
        try (SpringPreconditioner springs = new SpringPreconditioner(atoms)) {
            springs.solve(vector);
        }
    }

    @Test
    void withoutTheCellTheStrainIsZero() {
        Atoms atoms = crystal(3, 4);
        int n = 3 * atoms.count();
        double[] y = new Random(8).doubles(n, -1, 1).toArray();
        double[] force = gradient(atoms, new SpringNetwork(atoms).nearest(), Arrays.copyOf(y, n + 6));
        double[] solved = Arrays.copyOf(force, n);
        solve(atoms, solved);

        assertThat(solved).containsExactly(y, within(1e-9));
        assertThatThrownBy(() -> solve(atoms, new double[n + 1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("do not belong to");
    }

    @Test
    void theUsualDistanceIsThatOfTheCrystalAlsoWithPoresAndALonelyAtom() {
        Lattice lattice = Lattice.aluminium();
        Atoms porous = new PorousStructure(lattice, new Cells(6, 6, 1), List.of(new Circle(12, 12, 6))).atoms();
        double[] positions = Arrays.copyOf(porous.positions(), 3 * porous.count() + 3);
        positions[positions.length - 3] = 12;
        positions[positions.length - 2] = 12;
        Atoms lonely = Atoms.of("Al", porous.cell(), positions);

        assertThat(new SpringNetwork(lonely).nearest()).isCloseTo(4.05 / Math.sqrt(2), within(1e-9));
        double[] force = new double[3 * lonely.count() + 6];
        force[force.length - 7] = 1;
        solve(lonely, force);
        // Nothing but the hold keeps the lonely atom.
        assertThat(force[force.length - 7]).isCloseTo(1 / HOLD, within(1e-9));
    }

    @Test
    void theOrderSavesFill() {
        Atoms atoms = new PorousStructure(Lattice.aluminium(), new Cells(14, 14, 1), List.of()).atoms();
        int dense = atoms.count() * (atoms.count() + 1) / 2;
        try (SpringFactor factor = new SpringFactor(new SpringNetwork(atoms), HOLD)) {
            assertThat(factor.entries()).isPositive().isLessThan(dense / 5);
        }
    }
}
