// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectivityTest {
    private static final double EDGE = 8 * 4.05;

    private static Connectivity of(Pore... pores) {
        return Connectivity.of(new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1), List.of(pores)).atoms());
    }

    @Test
    void aPoreCutsNothing() {
        assertThat(of(new Circle(16, 16, 10)).dimensions()).isEqualTo(3);
        assertThat(of(new Circle(16, 16, 10)).cutAlong()).isEmpty();
    }

    @Test
    void aSlitCutsAlongItsNormal() {
        Connectivity slab = of(new Rectangle(0, EDGE, 10, 20));
        assertThat(slab.dimensions()).isEqualTo(2);
        assertThat(slab.cutAlong()).containsExactly("y");
        assertThat(slab.carriesNothingAlong(1, 1e-9)).isTrue();
        assertThat(slab.carriesNothingAlong(0, 1e-9)).isFalse();
    }

    @Test
    void crossedSlitsLeaveRodsAlongZ() {
        Connectivity rods = of(new Rectangle(0, EDGE, 10, 20), new Rectangle(10, 20, 0, EDGE));
        assertThat(rods.dimensions()).isEqualTo(1);
        assertThat(rods.cutAlong()).containsExactly("x", "y");
    }

    /** A band along the diagonal is continuous along x and along y, yet not in every direction. */
    @Test
    void aDiagonalBandIsCutAcrossItselfAlone() {
        double e = EDGE;
        Connectivity band = of(Polygon.of(new double[][] {{6, 0}, {e, e - 6}, {e, 6}, {e - 6, 0}}),
                Polygon.of(new double[][] {{0, 6}, {e - 6, e}, {6, e}, {0, e - 6}}));
        assertThat(band.dimensions()).isEqualTo(2);
        assertThat(band.cutAlong()).hasSize(1).first().asString().matches("\\[-?1 -?1 0]");
        assertThat(band.carriesNothingAlong(0, 1e-6)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void itTurnsWithTheStructure(SquareSymmetry symmetry) {
        Atoms slab = new PorousStructure(Lattice.aluminium(), new Cells(8, 8, 1),
                List.of(new Rectangle(0, EDGE, 10, 20))).atoms();
        assertThat(Connectivity.of(symmetry.apply(slab)).cutAlong())
                .containsExactly(symmetry.swapsAxes() ? "x" : "y");
    }
}
