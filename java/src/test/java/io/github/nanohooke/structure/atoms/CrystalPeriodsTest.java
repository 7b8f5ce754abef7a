// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrystalPeriodsTest {
    private static final double A0 = Lattice.aluminium().constant();

    private static Atoms porous(int x, int y) {
        return new PorousStructure(Lattice.aluminium(), new Cells(x, y, 1), List.of(new Circle(12, 12, 7))).atoms();
    }

    /** The same fractions in another cell. */
    private static Atoms strained(Atoms atoms, double a, double b) {
        double[] positions = atoms.positions();
        for (int i = 0; i < atoms.count(); i++) {
            positions[3 * i] *= a;
            positions[3 * i + 1] *= b;
        }
        return atoms.moved(atoms.cell().scaled(a, b, 1), positions);
    }

    @Test
    void edgesAreCountedInLatticeCells() {
        CrystalPeriods periods = CrystalPeriods.of(porous(9, 7), A0);
        assertThat(periods.share(0, 9)).isEqualTo(1);
        assertThat(periods.share(1, 7)).isEqualTo(1);
        assertThat(periods.share(0, 7)).isZero();
        assertThat(periods.strain(0)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aStrainedCrystalHasItsCountAndItsStrain() {
        CrystalPeriods periods = CrystalPeriods.of(strained(porous(9, 9), 1.05, 0.96), A0);
        assertThat(periods.share(0, 9)).isEqualTo(1);
        assertThat(periods.strain(0)).isCloseTo((1.05 * 1.05 - 1) / 2, within(1e-12));
        assertThat(periods.strain(1)).isCloseTo((0.96 * 0.96 - 1) / 2, within(1e-12));
    }

    /** A wall that is bent like a wave is longer than its cell: the cell shrinks, the crystal does not. */
    @Test
    void aBentWallIsNotStrainedAndHasItsCount() {
        Atoms wall = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Rectangle(0, 81, 9.3, 81))).atoms();
        double shrunk = 0.96;
        double edge = 20 * A0 * shrunk;
        // A sine of this amplitude has the arc length of the straight wall, to the fourth order of its slope.
        double slope = 2 * Math.sqrt(1 / shrunk - 1);
        double[] positions = wall.positions();
        for (int i = 0; i < wall.count(); i++) {
            double phase = 2 * Math.PI * positions[3 * i] / (20 * A0);
            double angle = Math.atan(slope * Math.cos(phase));
            double off = positions[3 * i + 1] - 4;
            positions[3 * i] = positions[3 * i] * shrunk - off * Math.sin(angle);
            positions[3 * i + 1] = 40 + slope * edge / (2 * Math.PI) * Math.sin(phase) + off * Math.cos(angle);
        }
        Atoms bent = wall.moved(Cell.orthogonal(edge, 20 * A0, A0), positions);
        CrystalPeriods periods = CrystalPeriods.of(bent, A0);
        assertThat(periods.share(0, 20)).isGreaterThan(0.9);
        assertThat(periods.share(1, 20)).as("nothing goes around along y").isZero();
        assertThat(periods.strain(0)).isCloseTo(0, within(0.025));
    }

    @Test
    void whereNothingTouchesNothingIsTold() {
        CrystalPeriods periods = CrystalPeriods.of(porous(9, 9), 1.5);
        assertThat(periods.share(0, 9)).isZero();
        assertThat(periods.strain(0)).isNaN();
    }

    /** Layers one upon the other, each of which has lost a column: edge dislocations between them. */
    @Test
    void walksThatDifferTellOfDislocations() {
        List<double[]> sites = new ArrayList<>();
        for (int lost = 0; lost < 3; lost++) {
            Atoms layer = new PorousStructure(Lattice.aluminium(), new Cells(20 - lost, 4, 1), List.of()).atoms();
            double stretch = 20 * A0 / layer.cell().length(0);
            for (int i = 0; i < layer.count(); i++) {
                sites.add(new double[] {layer.x(i) * stretch, layer.y(i) + 4 * A0 * lost, layer.z(i)});
            }
        }
        double[] positions = sites.stream().flatMapToDouble(Arrays::stream).toArray();
        Atoms layers = Atoms.of("Al", Cell.orthogonal(20 * A0, 20 * A0, A0), positions);
        CrystalPeriods periods = CrystalPeriods.of(layers, A0);
        assertThat(periods.isBroken(0)).isTrue();
        assertThat(periods.longest(0)).isEqualTo(20);
        assertThat(periods.share(0, 20)).isBetween(0.2, 0.5);
        CrystalPeriods whole = CrystalPeriods.of(porous(9, 9), A0);
        assertThat(whole.isBroken(0)).isFalse();
        assertThat(whole.longest(1)).isEqualTo(9);
    }
}
