// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstShellTest {
    @ParameterizedTest
    @EnumSource
    void everyLatticeIsToldInAnyAxesWithPoresAndAfterRelaxation(Lattice.Kind kind) {
        Lattice lattice = new Lattice("W", kind, 3.3);
        for (int seed = 1; seed <= 5; seed++) {
            Atoms atoms = new PorousStructure(lattice, new Cells(8, 8, 2),
                    List.of(new Circle(10, 10, 6), new Rectangle(18, 25, 3, 20))).atoms();
            Atoms turned = TestAxes.turned(shaken(atoms, 0.05, seed), seed);
            Lattice told = Lattice.of(turned).orElseThrow();
            assertThat(told.kind()).isEqualTo(kind);
            assertThat(told.element()).isEqualTo("W");
            assertThat(told.constant()).isCloseTo(3.3, within(0.02));
        }
    }

    @Test
    void oneAtomOfAPrimitiveCellIsEnough() {
        Cell fcc = Cell.of(new double[][] {{0, 2.5, 2.5}, {2.5, 0, 2.5}, {2.5, 2.5, 0}});
        assertThat(Lattice.of(Atoms.of("Pb", fcc, new double[3])).orElseThrow().constant()).isCloseTo(5, within(1e-9));
        Cell bcc = Cell.of(new double[][] {{-1.5, 1.5, 1.5}, {1.5, -1.5, 1.5}, {1.5, 1.5, -1.5}});
        assertThat(Lattice.of(Atoms.of("Fe", bcc, new double[3]))).hasValueSatisfying(told -> {
            assertThat(told.kind()).isEqualTo(Lattice.Kind.BCC);
            assertThat(told.constant()).isCloseTo(3, within(1e-9));
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {3.98, 4.05, 4.12})
    void aluminiumIsTheOneThatNetworksLearnFrom(double constant) {
        Atoms near = PorousStructure.perfect(new Lattice("Al", Lattice.Kind.FCC, constant), new Cells(3, 3, 3)).atoms();
        assertThat(Lattice.of(near)).contains(Lattice.aluminium());
        Atoms other = new Atoms(near.cell(), List.of("Ag"), near.types(), near.positions());
        assertThat(Lattice.of(other).orElseThrow().constant()).isCloseTo(constant, within(1e-9));
    }

    @Test
    void whatIsNoCubicLatticeIsNotCalledOne() {
        double a = 3.2;
        double c = a * Math.sqrt(8.0 / 3);
        Cell hcp = Cell.of(new double[][] {{a, 0, 0}, {-a / 2, a * Math.sqrt(3) / 2, 0}, {0, 0, c}});
        double[] sites = {0, 0, 0, 0, a / Math.sqrt(3), c / 2};
        assertThat(Lattice.of(Atoms.of("Mg", hcp, sites))).isEmpty();
        assertThat(FirstShell.of(Atoms.of("Mg", hcp, sites)).distance()).isCloseTo(a, within(1e-9));
        Random random = new Random(1);
        double[] gas = random.doubles(3 * 300, 0, 20).toArray();
        assertThat(Lattice.of(Atoms.of("Al", Cell.orthogonal(20, 20, 20), gas))).isEmpty();
        assertThatThrownBy(() -> Lattice.of(Atoms.of("Al", Cell.orthogonal(50, 50, 50), new double[3])))
                .isInstanceOf(StructureException.class).hasMessageContaining("no solid").hasMessageContaining("Å");
    }

    private static Atoms shaken(Atoms atoms, double size, int seed) {
        Random random = new Random(seed);
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += size * (2 * random.nextDouble() - 1);
        }
        return atoms.moved(atoms.cell(), positions);
    }
}
