// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.StructureException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlausibleAtomsTest {
    /** Nanometres, picometres, metres, and a crystal of atoms that overlap. */
    @ParameterizedTest
    @CsvSource({"0.405, far more", "405, far fewer", "4.05e-10, far more", "1.9, far more", "1e-100, far more"})
    void wrongUnitsAreTold(double constant, String message) {
        Atoms atoms = PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, constant), new Cells(4, 4, 1))
                .atoms();
        assertThatThrownBy(() -> PlausibleAtoms.require(atoms)).isInstanceOf(StructureException.class)
                .hasMessageContaining(message).hasMessageContaining("lengths are in Å");
    }

    /** The lightest and the heaviest crystals, slabs in vacuum and a single column in a large cell are legal. */
    @ParameterizedTest
    @CsvSource({"FCC, 3.52, 1", "BCC, 6.14, 1", "SC, 2.2, 1", "DIAMOND, 3.57, 1", "FCC, 4.05, 40", "BCC, 6.14, 150"})
    void metalsWithAnyPoresAreLegal(Lattice.Kind kind, double constant, double vacuum) {
        Atoms solid = PorousStructure.perfect(new Lattice("Al", kind, constant), new Cells(2, 2, 2)).atoms();
        Atoms alone = solid.moved(solid.cell().scaled(vacuum, vacuum, 1), solid.positions());
        assertThatCode(() -> PlausibleAtoms.require(alone)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.49, -0.2})
    void twoAtomsInOnePlaceAreNamedAlsoAcrossAFace(double distance) {
        Cell cell = Cell.orthogonal(9, 9, 9);
        Atoms atoms = Atoms.of("Al", cell, new double[] {0, 4, 4, 4, 1, 1, (9 + distance) % 9, 4, 4});
        assertThatThrownBy(() -> PlausibleAtoms.require(atoms)).isInstanceOf(StructureException.class)
                .hasMessageContaining("atoms 0 and 2").hasMessageContaining("nearer than 0.5 Å");
    }

    @Test
    void cellsAndPlacesThatNoMetalHasAreNamed() {
        Cell thin = Cell.orthogonal(400, 400, 0.2);
        assertThatThrownBy(() -> PlausibleAtoms.require(Atoms.of("Al", thin, new double[3])))
                .hasMessageContaining("0.200 Å thick along c");
        Cell far = Cell.orthogonal(4, 4, 4);
        assertThatThrownBy(() -> PlausibleAtoms.require(Atoms.of("Al", far, new double[] {0, 0, 2e11})))
                .hasMessageContaining("atom 0").hasMessageContaining("5.00e+10 periods");
        Cell huge = Cell.orthogonal(2e11, 2e11, 2e11);
        assertThatThrownBy(() -> PlausibleAtoms.require(Atoms.of("Al", huge, new double[3])))
                .hasMessageContaining("far fewer");
        Atoms none = new Atoms(far, List.of("Al"), new int[0], new double[0]);
        assertThatThrownBy(() -> PlausibleAtoms.require(none)).hasMessageContaining("no atoms");
    }

    /** The same lattice by vectors that lie very askew: it is as thick as it was. */
    @Test
    void anAskewCellIsNotThin() {
        Cell cell = Cell.of(new double[][] {{4.05, 0, 0}, {4.05 * 30, 4.05, 0}, {0, 4.05 * 40, 4.05}});
        Atoms atoms = Atoms.of("Al", cell, new double[] {0, 0, 0, 2.025, 2.025, 0, 2.025, 0, 2.025, 0, 2.025, 2.025});
        assertThatCode(() -> PlausibleAtoms.require(atoms)).doesNotThrowAnyException();
    }
}
