// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PorousStructureTest {
    private static final double A = 4.05;

    @Test
    void thePapersBoxHas4800Atoms() {
        PorousStructure crystal = PorousStructure.perfect(Lattice.aluminium(), Cells.paper());
        assertThat(crystal.perfectCount()).isEqualTo(4800);
        assertThat(crystal.atoms()).isEqualTo(crystal.perfect());
        assertThat(crystal.atoms().count()).isEqualTo(4800);
        assertThat(crystal.porosity()).isZero();
        assertThat(crystal.cell()).isEqualTo(Cell.orthogonal(81, 81, 3 * A));
    }

    @ParameterizedTest
    @EnumSource(Lattice.Kind.class)
    void everyLatticeFillsItsCells(Lattice.Kind kind) {
        PorousStructure s = new PorousStructure(new Lattice("Cu", kind, 3.6), new Cells(5, 4, 2),
                List.of(new Rectangle(3.5, 3.7, 3.5, 3.7)));
        assertThat(s.perfectCount()).isEqualTo(40 * kind.siteCount());
        // Only the cube's corner at (1, 1) a0 lies in the pore; in fcc and diamond it is a site with z = 0.
        assertThat(s.removedCount()).isEqualTo(2);
        assertThat(s.atoms().count()).isEqualTo(40 * kind.siteCount() - 2);
        assertThat(s.atoms().elements()).containsExactly("Cu");
    }

    @Test
    void fig4HasItsPorosity() {
        assertThat(ReferenceStructures.fig4()).extracting(ReferenceStructures.Named::name)
                .containsExactly("fig4-1", "fig4-4", "fig4-16");
        assertThat(ReferenceStructures.fig4()).extracting(n -> n.structure().pores().size())
                .containsExactly(1, 4, 16);
        for (ReferenceStructures.Named named : ReferenceStructures.fig4()) {
            assertThat(named.structure().removedCount()).isEqualTo(192);
            assertThat(named.structure().atoms().count()).isEqualTo(4608);
            assertThat(named.structure().porosity()).isEqualTo(4.0);
            assertThat(named.structure().pores().stream().mapToDouble(Pore::area).sum())
                    .isCloseTo(0.04 * 81 * 81, within(1e-9));
        }
    }

    @Test
    void anAtomOnTheBoundaryGoesAndOneBeyondTheToleranceStays() {
        assertThat(removed(new Rectangle(2 * A, 3 * A, 2 * A, 3 * A))).as("a closed cell: 3 x 3 columns")
                .isEqualTo(3 * 9);
        assertThat(removed(new Circle(2 * A, 2 * A, A / 2))).as("centre and the four sites half a cell away")
                .isEqualTo(3 * 5);
        assertThat(removed(new Circle(2 * A, 2 * A, A / 2 - 0.9e-6))).isEqualTo(3 * 5);
        assertThat(removed(new Circle(2 * A, 2 * A, A / 2 - 1.1e-6))).isEqualTo(3);
    }

    private static int removed(Pore... pores) {
        return new PorousStructure(Lattice.aluminium(), Cells.paper(), List.of(pores)).removedCount();
    }

    @Test
    void aPoreAcrossTheCornerGoesOnAtTheOtherSides() {
        double r = 9.1;
        int whole = removed(new Circle(10 * A, 10 * A, r));
        assertThat(removed(new Circle(0, 0, r))).isEqualTo(whole);
        assertThat(removed(new Circle(81, 81, r))).isEqualTo(whole);
        assertThat(removed(new Circle(81, 0, r))).isEqualTo(whole);
        assertThat(removed(new Circle(0, 10 * A, r), new Circle(81, 10 * A, r))).as("the same pore twice")
                .isEqualTo(whole);
        Atoms atoms = new PorousStructure(Lattice.aluminium(), Cells.paper(), List.of(new Circle(0, 0, r))).atoms();
        for (int i = 0; i < atoms.count(); i++) {
            double dx = Math.min(atoms.x(i), 81 - atoms.x(i));
            double dy = Math.min(atoms.y(i), 81 - atoms.y(i));
            assertThat(Math.hypot(dx, dy)).isGreaterThan(r);
        }
    }

    @Test
    void overlappingPoresRemoveAnAtomOnce() {
        Circle circle = new Circle(40, 40, 12);
        assertThat(removed(circle, circle, new Circle(40, 40, 5))).isEqualTo(removed(circle));
    }

    @Test
    void aSlitAsLongAsTheBoxIsAllowed() {
        int slit = removed(new Rectangle(0, 81, 10 * A - 0.1, 10 * A + 0.1));
        assertThat(slit).as("one row of columns, two to a cell")
                .isEqualTo(20 * 2 * 3);
    }

    @Test
    void aConcavePoreKeepsTheAtomsInItsNotch() {
        double[][] u = {{1, 1}, {9, 1}, {9, 9}, {6, 9}, {6, 3}, {3, 3}, {3, 9}, {1, 9}};
        double[][] scaled = new double[u.length][];
        for (int i = 0; i < u.length; i++) {
            scaled[i] = new double[] {(u[i][0] - 0.25) * A, (u[i][1] - 0.25) * A};
        }
        // Whole cells: 8 x 8 less the notch of 3 x 6.
        assertThat(removed(Polygon.of(scaled))).isEqualTo(4 * 3 * (64 - 18));
    }

    @Test
    void porosityCountsAtoms() {
        PorousStructure half = new PorousStructure(Lattice.aluminium(), new Cells(4, 4, 1),
                List.of(new Rectangle(-0.25 * A, 1.75 * A, 0.1, 4 * A)));
        assertThat(half.porosity()).isEqualTo(50.0);
    }

    @Test
    void poresOutsideTheBoxAreRefused() {
        refused("pore 1 lies outside the box: it reaches from x = 90.0 to 110.0 Å, the box from 0 to 81.0",
                new Circle(40, 40, 5), new Circle(100, 40, 10));
        refused("pore 0 lies outside the box", new Circle(40, -10, 10));
        refused("pore 0 lies outside the box", new Rectangle(81, 90, 1, 2));
        refused("pore 0 is larger than the box: 100.0 Å along x", new Circle(40, 40, 50));
        refused("pore 0 is larger than the box: 82.0 Å along y", new Rectangle(1, 2, 0, 82));
    }

    @Test
    void aStructureWithoutAtomsIsRefused() {
        refused("the pores remove all 4800 atoms", new Rectangle(0, 81, 0, 81));
        refused("the pores remove all 4800 atoms", new Rectangle(0, 40.6, 0, 81), new Rectangle(40, 81, 0, 81));
    }

    @Test
    void cellsHaveLimits() {
        assertThatThrownBy(() -> new Cells(20, 0, 3)).isInstanceOf(StructureException.class)
                .hasMessageContaining("cells must be positive whole numbers, got 20 0 3");
        assertThatThrownBy(() -> new Cells(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(StructureException.class).hasMessageContaining("limit of 10000000 atoms");
        assertThatThrownBy(() -> PorousStructure.perfect(Lattice.aluminium(), new Cells(1000, 1000, 3)))
                .isInstanceOf(StructureException.class).hasMessageContaining("12000000 atoms, more than the limit");
        assertThat(PorousStructure.perfect(Lattice.aluminium(), new Cells(1000, 200, 3)).perfectCount())
                .as("the paper's beam before its pores").isEqualTo(2_400_000);
    }

    /** Fig. 7: 1000 x 200 x 3 cells less 199 x 40 pores of one cell, 12 atoms each. */
    @Test
    void thePapersBeamIsCutInAMoment() {
        List<Pore> pores = new ArrayList<>();
        for (int i = 0; i < 199; i++) {
            for (int j = 0; j < 40; j++) {
                double x = (5 * i + 4.75) * A;
                double y = (5 * j + 1.75) * A;
                pores.add(new Rectangle(x, x + A, y, y + A));
            }
        }
        PorousStructure beam = new PorousStructure(Lattice.aluminium(), new Cells(1000, 200, 3), pores);
        assertThat(beam.perfectCount() - beam.removedCount()).isEqualTo(2_304_480);
    }

    private static void refused(String message, Pore... pores) {
        assertThatThrownBy(() -> new PorousStructure(Lattice.aluminium(), Cells.paper(), List.of(pores)))
                .isInstanceOf(StructureException.class).hasMessageContaining(message);
    }
}
