// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeTest {

    @Test
    void aluminiumIsThePapersCrystal() {
        Lattice al = Lattice.aluminium();
        assertThat(al).isEqualTo(new Lattice("Al", Lattice.Kind.FCC, 4.05));
        assertThat(al.atomicMass()).isEqualTo(26.982);
        assertThat(al.basis()).hasNumberOfRows(4);
    }

    /** First-neighbour distance in units of a0 and coordination, from any textbook. */
    @ParameterizedTest
    @CsvSource({
        "SC, 1, 6", "BCC, 0.8660254037844386, 8", "FCC, 0.7071067811865476, 12", "DIAMOND, 0.4330127018922193, 4"})
    void everyKindHasItsCoordination(Lattice.Kind kind, double distance, int coordination) {
        Lattice lattice = new Lattice("Si", kind, 5.0);
        PorousStructure crystal = PorousStructure.perfect(lattice, new Cells(1, 1, 1));
        NeighbourGrid near = new NeighbourGrid(crystal.atoms(), 5.0 * distance * 1.01);
        NeighbourGrid nearer = new NeighbourGrid(crystal.atoms(), 5.0 * distance * 0.99);
        for (int i = 0; i < kind.siteCount(); i++) {
            assertThat(near.neighbours(i, new double[60])).isEqualTo(coordination);
            assertThat(nearer.neighbours(i, new double[60])).isZero();
        }
    }

    @Test
    void basisIsACopy() {
        Lattice.aluminium().basis()[1][0] = 7;
        assertThat(Lattice.aluminium().basis()[1]).containsExactly(.5, .5, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -4.05, Double.NaN, Double.POSITIVE_INFINITY})
    void aConstantMustBePositive(double constant) {
        assertThatThrownBy(() -> new Lattice("Al", Lattice.Kind.FCC, constant))
                .isInstanceOf(StructureException.class).hasMessageContaining("lattice constant must be a positive");
    }

    @Test
    void unknownElementsAndMissingKindsAreNamed() {
        assertThatThrownBy(() -> new Lattice("Xx", Lattice.Kind.FCC, 4)).isInstanceOf(StructureException.class)
                .hasMessageContaining("unknown element 'Xx'");
        assertThatThrownBy(() -> new Lattice("AL", Lattice.Kind.FCC, 4)).hasMessageContaining("unknown element 'AL'");
        assertThatThrownBy(() -> new Lattice("Al", null, 4)).hasMessageContaining("needs its kind");
    }

    @Test
    void elementsRunFromHydrogenToPlutonium() {
        assertThat(Elements.symbols()).hasSize(94).doesNotHaveDuplicates().startsWith("H", "He").endsWith("Np", "Pu");
        assertThat(Elements.symbols().get(28)).isEqualTo("Cu");
        assertThat(Elements.symbols().get(78)).isEqualTo("Au");
        assertThat(Elements.mass("Au")).isEqualTo(196.97);
        assertThat(Elements.symbols()).allSatisfy(s -> assertThat(Elements.byMass(Elements.mass(s))).contains(s));
    }

    @Test
    void elementsAreFoundByRoundedMasses() {
        assertThat(Elements.byMass(26.98)).contains("Al");
        assertThat(Elements.byMass(27.0)).contains("Al");
        assertThat(Elements.byMass(63.55)).contains("Cu");
        assertThat(Elements.byMass(1.0)).as("the unit mass of Lennard-Jones files").isEmpty();
        assertThat(Elements.byMass(500)).isEmpty();
    }
}
