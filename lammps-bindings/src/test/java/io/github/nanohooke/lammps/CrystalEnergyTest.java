// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.lammps.descent.Objective.Place;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Energies, forces and stresses of LAMMPS as one function of displacements and strain. */
@ExtendWith(RequireLammps.class)
class CrystalEnergyTest {
    private static final Potential LENNARD_JONES = Potential.pairStyle("lj/smooth/linear 6.5", List.of("* * 0.4 2.6"));

    private static Atoms disturbed(long seed) {
        Random random = new Random(seed);
        Box box = new Box(12.1, 12.4, 11.9, 1.1, -0.8, 0.6);
        double[] positions = new double[3 * 108];
        double[][] basis = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
        for (int i = 0; i < 108; i++) {
            double a = (i / 4 % 3 + basis[i % 4][0]) / 3;
            double b = (i / 12 % 3 + basis[i % 4][1]) / 3;
            double c = (i / 36 + basis[i % 4][2]) / 3;
            positions[3 * i] = a * box.lx() + b * box.xy() + c * box.xz() + random.nextDouble(-0.1, 0.1);
            positions[3 * i + 1] = b * box.ly() + c * box.yz() + random.nextDouble(-0.1, 0.1);
            positions[3 * i + 2] = c * box.lz() + random.nextDouble(-0.1, 0.1);
        }
        return Atoms.of("Al", box.cell(), positions).wrapped();
    }

    private static LammpsSession session(Atoms atoms) {
        return new LammpsSession(Lammps.open(), atoms, StaticsOptions.defaults().withPotential(LENNARD_JONES),
                () -> true);
    }

    @Test
    void theGradientIsThatOfTheEnergyByEveryCoordinate() {
        Atoms atoms = disturbed(1);
        try (LammpsSession session = session(atoms)) {
            CrystalEnergy objective = new CrystalEnergy(session, RestrictedFrame.of(atoms.cell()).box(),
                    atoms.positions(), 1e-5, 1e-5);
            double[] at = new Random(2).doubles(3 * 108 + 6, -0.02, 0.02).toArray();
            Place<State> place = objective.evaluate(at);
            double h = 1e-4;
            for (int k : new int[] {0, 1, 2, 100, 101, 200, 323, 324, 325, 326, 327, 328, 329}) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[k] += h;
                down[k] -= h;
                double slope = (objective.evaluate(up).value() - objective.evaluate(down).value()) / (2 * h);
                // The differences' error is of the order of h² times third derivatives: some 1e4 eV for strains.
                assertThat(place.gradient()[k]).as("coordinate " + k)
                        .isCloseTo(slope, within(k < 324 ? 1e-6 : 1e-3));
            }
        }
    }

    @Test
    void aCellThatStaysIsEvaluatedFasterAndToTheSameNumbers() {
        Atoms atoms = disturbed(3);
        Box other = new Box(12.2, 12.4, 11.9, 1.1, -0.8, 0.6);
        Random random = new Random(4);
        try (LammpsSession session = session(atoms)) {
            double[] x = atoms.positions();
            session.evaluate(RestrictedFrame.of(atoms.cell()).box(), x);
            for (int k = 0; k < 5; k++) {
                // Across faces of the cell, and further than half of the neighbour skin: whole vectors do not matter.
                for (int i = 0; i < x.length; i++) {
                    x[i] += 0.9 * k + random.nextDouble(-0.05, 0.05);
                }
                State fast = session.evaluate(RestrictedFrame.of(atoms.cell()).box(), x);
                session.evaluate(other, x);
                State slow = session.evaluate(RestrictedFrame.of(atoms.cell()).box(), x);

                assertThat(fast.energy()).isCloseTo(slow.energy(), within(1e-9));
                assertThat(fast.forces()).containsExactly(slow.forces(), within(1e-10));
                assertThat(fast.stress()).containsExactly(slow.stress(), within(1e-9));
                assertThat(fast.positions()).containsExactly(x, within(1e-11));
                assertThat(slow.positions()).containsExactly(x, within(1e-11));
            }
            assertThat(session.evaluations()).isEqualTo(16);
        }
    }

    @Test
    void aRelaxationBetweenDoesNotSpoilTheNextEvaluation() {
        Atoms atoms = disturbed(5);
        try (LammpsSession session = session(atoms)) {
            State first = session.evaluate(RestrictedFrame.of(atoms.cell()).box(), atoms.positions());
            State relaxed = session.relax(RestrictedFrame.of(atoms.cell()).box(), atoms.positions(), 1e-3);
            State again = session.evaluate(RestrictedFrame.of(atoms.cell()).box(), atoms.positions());
            State there = session.evaluate(RestrictedFrame.of(atoms.cell()).box(), relaxed.positions());

            assertThat(again.energy()).isCloseTo(first.energy(), within(1e-9));
            assertThat(there.energy()).isCloseTo(relaxed.energy(), within(1e-9));
            assertThat(there.forces()).containsExactly(relaxed.forces(), within(1e-9));
        }
    }
}
