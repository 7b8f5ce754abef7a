// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Box;
import org.junit.jupiter.api.Test;

/** The algorithms against a material whose answers are known: no LAMMPS. */
class BoxRelaxationTest {
    private static final Box UNSTRESSED = new Box(20, 21, 4, 0.5, -0.2, 0.1);

    /**
     * Atoms that follow the cell rigidly, and a stress that is linear in the strain from {@link #UNSTRESSED}, with a
     * cubic term; relaxed atoms make the material softer than rigid ones by a factor.
     */
    private static final class LinearMaterial implements StressOracle {
        private final double[][] stiffness;
        private final double softening;
        private final double cubic;
        private long evaluations;

        LinearMaterial(double[][] stiffness, double softening, double cubic) {
            this.stiffness = stiffness;
            this.softening = softening;
            this.cubic = cubic;
        }

        private State state(Box box, double[] positions, double factor) {
            evaluations++;
            Box o = UNSTRESSED;
            double e1 = box.lx() / o.lx() - 1;
            double e2 = box.ly() / o.ly() - 1;
            double e3 = box.lz() / o.lz() - 1;
            double e6 = (box.xy() - (1 + e1) * o.xy()) / o.ly();
            double e4 = (box.yz() - (1 + e2) * o.yz()) / o.lz();
            double e5 = (box.xz() - (1 + e1) * o.xz() - e6 * o.yz()) / o.lz();
            double[] strain = {e1, e2, e3, e4, e5, e6};
            double[] stress = Matrix6.multiply(stiffness, strain);
            for (int i = 0; i < 6; i++) {
                stress[i] = factor * (stress[i] + cubic * strain[i] * strain[i] * strain[i]);
            }
            return new State(box, positions.clone(), new double[0], stress, 0);
        }

        @Override
        public State evaluate(Box box, double[] positions) {
            return state(box, positions, 1);
        }

        @Override
        public State relax(Box box, double[] positions, double forceTolerance) {
            return state(box, positions, softening);
        }

        @Override
        public long evaluations() {
            return evaluations;
        }

        @Override
        public boolean exhausted() {
            return false;
        }
    }

    private static double[][] stiffness() {
        double[][] c = {{110, 60, 58, 2, 1, -3}, {60, 105, 55, 0, 1, 2}, {58, 55, 120, 0, 0, 1},
            {2, 0, 0, 31, 1, 0}, {1, 1, 0, 1, 29, 2}, {-3, 2, 1, 0, 2, 27}};
        return c;
    }

    @Test
    void findsTheCellWithoutStressAlsoWhereRelaxedAtomsAreFarSofterThanRigidOnes() {
        LinearMaterial material = new LinearMaterial(stiffness(), 0.1, 5e4);
        StressOracle.State state = new BoxRelaxation(material, 1e-5, 1e-5)
                .run(new Box(20.3, 20.8, 4.1, 0.9, -0.3, 0.2), new double[0], s -> { });

        assertThat(state.maxStress()).isLessThan(1e-5);
        assertThat(state.box().lx()).isCloseTo(UNSTRESSED.lx(), within(1e-4));
        assertThat(state.box().xy()).isCloseTo(UNSTRESSED.xy(), within(1e-4));
        assertThat(material.evaluations()).isLessThan(60);
    }

    @Test
    void aMaterialThatGainsEnergyByEveryStrainIsGivenUp() {
        double[][] negative = stiffness();
        for (double[] row : negative) {
            for (int j = 0; j < 6; j++) {
                row[j] = -row[j];
            }
        }
        StressOracle.State state = new BoxRelaxation(new LinearMaterial(negative, 1, 0), 1e-5, 1e-5)
                .run(new Box(20.1, 21, 4, 0.5, -0.2, 0.1), new double[0], s -> { });

        assertThat(state.maxStress()).isGreaterThan(0.1);
    }

    @Test
    void differencesGiveTheStiffnessOfATiltedCell() {
        LinearMaterial material = new LinearMaterial(stiffness(), 1, 0);
        StressOracle.State minimum = material.relax(UNSTRESSED, new double[0], 1e-5);
        double[][] c = new StrainDifferences(material, 1e-4, 1e-5).run(minimum, (strain, done) -> { }).stiffness();

        for (int i = 0; i < 6; i++) {
            assertThat(c[i]).containsExactly(stiffness()[i], within(1e-6));
        }
    }

    @Test
    void aDeformationMovesTheCellsEdgesAsItMovesAtoms() {
        Deformation deformation = new Deformation(new double[] {0.01, -0.02, 0.03, 0.04, -0.05, 0.06});
        Box box = deformation.apply(UNSTRESSED);
        double[] edges = deformation.apply(new double[] {UNSTRESSED.lx(), 0, 0, UNSTRESSED.xy(), UNSTRESSED.ly(), 0,
            UNSTRESSED.xz(), UNSTRESSED.yz(), UNSTRESSED.lz()});

        assertThat(edges).containsExactly(new double[] {box.lx(), 0, 0, box.xy(), box.ly(), 0, box.xz(), box.yz(),
            box.lz()}, within(1e-12));
    }
}
