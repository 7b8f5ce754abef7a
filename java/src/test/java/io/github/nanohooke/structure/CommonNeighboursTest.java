// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.random.SplitMix64;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommonNeighboursTest {
    private static final double A = 4.05;
    private static final double CUTOFF = CommonNeighbours.fccCutoff(A);

    @Test
    void theCutoffLiesHalfWayBetweenTheShells() {
        assertThat(CUTOFF).isCloseTo((A / Math.sqrt(2) + A) / 2, within(1e-12));
    }

    /** Fig. 4 of the paper: d = 56.3, 125.0 and 300.0 % of 192 removed atoms. */
    @Test
    void fig4HasThePublishedSurfaces() {
        List<ReferenceStructures.Named> fig4 = ReferenceStructures.fig4();
        assertThat(fig4).extracting(n -> CommonNeighbours.surfaceAtoms(n.structure())).containsExactly(108, 240, 576);
        assertThat(fig4).extracting(n -> CommonNeighbours.dispersion(
                CommonNeighbours.surfaceAtoms(n.structure()), n.structure().removedCount()))
                .containsExactly(56.25, 125.0, 300.0);
    }

    @Test
    void fig4InOneCellAlongZHasAThirdOfThem() {
        assertThat(ReferenceStructures.fig4(1)).extracting(n -> CommonNeighbours.surfaceAtoms(n.structure()))
                .containsExactly(36, 80, 192);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,1,1", "1,1,3", "2,2,2", "5,3,1"})
    void aPerfectCrystalHasNoSurfaceInAnyBox(int x, int y, int z) {
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), new Cells(x, y, z)).atoms();
        assertThat(CommonNeighbours.surfaceAtoms(crystal, CUTOFF)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SC", "BCC", "DIAMOND"})
    void otherLatticesAreNotFcc(String kind) {
        Lattice lattice = new Lattice("Fe", Lattice.Kind.valueOf(kind), 3.0);
        Atoms crystal = PorousStructure.perfect(lattice, new Cells(3, 3, 3)).atoms();
        for (double cutoff : new double[] {1.4, 2.7, 3.1, CommonNeighbours.fccCutoff(3.0), 3.7, 4.5}) {
            assertThat(CommonNeighbours.surfaceAtoms(crystal, cutoff)).isEqualTo(crystal.count());
        }
    }

    /** Also 12 neighbours, but half of the bonds are 422. */
    @Test
    void hexagonalClosePackingIsNotFcc() {
        double d = A / Math.sqrt(2);
        double height = d * Math.sqrt(8.0 / 3);
        Cell cell = new Box(d, d * Math.sqrt(3) / 2, height, d / 2, 0, 0).cell();
        Atoms hcp = Atoms.of("Mg", cell, new double[] {0, 0, 0, d / 2, d / (2 * Math.sqrt(3)), height / 2});
        assertThat(new NeighbourGrid(hcp, CUTOFF).neighbours(0, new double[60])).isEqualTo(12);
        assertThat(CommonNeighbours.fcc(hcp, CUTOFF)).containsExactly(false, false);
    }

    /** One atom in the primitive cell: all 12 neighbours are its own images. */
    @Test
    void thePrimitiveCellIsFcc() {
        double d = A / Math.sqrt(2);
        Cell cell = new Box(d, d * Math.sqrt(3) / 2, d * Math.sqrt(2.0 / 3), d / 2, d / 2, d / (2 * Math.sqrt(3)))
                .cell();
        assertThat(CommonNeighbours.fcc(Atoms.of("Al", cell, new double[] {0, 0, 0}), CUTOFF)).containsExactly(true);
        assertThat(CommonNeighbours.fcc(Atoms.of("Al", cell, new double[] {77, -31, 1e3}), CUTOFF))
                .containsExactly(true);
    }

    @Test
    void aVacancyHasTwelveSurfaceAtoms() {
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), new Cells(4, 4, 4)).atoms();
        double[] p = crystal.positions();
        Atoms holed = Atoms.of("Al", crystal.cell(), Arrays.copyOfRange(p, 3, p.length));
        assertThat(CommonNeighbours.surfaceAtoms(holed, CUTOFF)).isEqualTo(12);
    }

    /** Random cells with tilts, edges from below to above the cutoff, disturbed atoms partly outside the cell. */
    @Property(tries = 60)
    void agreesWithTheDefinition(@ForAll long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Cells cells = new Cells(pick(random, 3), pick(random, 3), pick(random, 2));
        Atoms crystal = PorousStructure.perfect(Lattice.aluminium(), cells).atoms();
        Box b = RestrictedFrame.of(crystal.cell()).box();
        Box tilted = new Box(b.lx(), b.ly(), b.lz(), random.nextDouble(-.4, .4), random.nextDouble(-.4, .4),
                random.nextDouble(-.4, .4));
        double size = random.nextDouble(0, 0.35);
        double[] p = crystal.positions();
        for (int i = 0; i < p.length; i++) {
            p[i] += random.nextDouble(-size, size);
        }
        Atoms disturbed = crystal.moved(tilted.cell(), p);
        BruteForceAnalysis reference = new BruteForceAnalysis(disturbed, CUTOFF);
        NeighbourGrid grid = new NeighbourGrid(disturbed, CUTOFF);
        boolean[] fcc = CommonNeighbours.fcc(disturbed, CUTOFF);
        for (int i = 0; i < disturbed.count(); i++) {
            assertThat(grid.neighbours(i, new double[300])).isEqualTo(reference.neighbours(i).size());
            assertThat(fcc[i]).as("atom " + i).isEqualTo(reference.isFcc(i));
        }
    }

    private static int pick(SplitMix64 random, int most) {
        return 1 + (int) (most * random.nextDouble());
    }

    @Test
    void aStrongTiltAndABoxOfVacuumAreNoObstacle() {
        Cell tilted = new Box(A, A, A, 3 * A, -2 * A, 5 * A).cell();
        double[] cubic = PorousStructure.perfect(Lattice.aluminium(), new Cells(1, 1, 1)).atoms().positions();
        assertThat(CommonNeighbours.surfaceAtoms(Atoms.of("Al", tilted, cubic), CUTOFF))
                .as("whole edges added to an edge: the same lattice").isZero();
        Atoms lonely = Atoms.of("Al", Cell.orthogonal(1e6, 1e6, 1e6), new double[] {1, 2, 3});
        assertThat(CommonNeighbours.surfaceAtoms(lonely, CUTOFF)).isEqualTo(1);
        Atoms crowded = Atoms.of("Al", Cell.orthogonal(0.01, 0.01, 0.01), new double[] {0, 0, 0});
        assertThat(CommonNeighbours.surfaceAtoms(crowded, CUTOFF)).isEqualTo(1);
    }

    @Test
    void dispersionOfACrystalWithoutPoresIsZero() {
        assertThat(CommonNeighbours.dispersion(0, 0)).isZero();
        assertThatThrownBy(() -> CommonNeighbours.dispersion(-1, 5)).isInstanceOf(StructureException.class)
                .hasMessageContaining("must not be negative");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void theCutoffMustBePositive(double cutoff) {
        Atoms atoms = PorousStructure.perfect(Lattice.aluminium(), new Cells(1, 1, 1)).atoms();
        assertThatThrownBy(() -> CommonNeighbours.fcc(atoms, cutoff)).isInstanceOf(StructureException.class)
                .hasMessageContaining("cutoff");
    }
}
