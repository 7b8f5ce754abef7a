// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.atoms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CubeAxesTest {
    private static Atoms crystal(Lattice.Kind kind, double constant, Pore... pores) {
        return new PorousStructure(new Lattice("Al", kind, constant), new Cells(8, 8, 1), List.of(pores)).atoms();
    }

    @Test
    void fccAlongTheCellHasAllBondsThere() {
        assertThat(CubeAxes.bondsAlong(crystal(Lattice.Kind.FCC, 4.05, new Circle(10, 10, 6)), 4.05)).isEqualTo(1);
    }

    @Test
    void randomlyMovedAtomsStillDo() {
        Atoms atoms = RandomStructures.sample(RandomStructures.Kind.MIXED, 1, 3).atoms();
        double[] positions = atoms.positions();
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < positions.length; i++) {
            positions[i] += 0.3 * (random.nextDouble() - 0.5);
        }
        assertThat(CubeAxes.bondsAlong(atoms.moved(atoms.cell(), positions), 4.05)).isGreaterThan(0.95);
    }

    @ParameterizedTest
    @EnumSource(names = {"SC", "BCC", "DIAMOND"})
    void otherLatticesDoNot(Lattice.Kind kind) {
        double sameDensity = 4.05 * Math.cbrt(kind.siteCount() / 4.0);
        assertThat(CubeAxes.bondsAlong(crystal(kind, sameDensity), 4.05)).isLessThan(0.1);
    }

    /** The crystal turned by 45 degrees within its cell, whose edges lie along [110] and [-110]. */
    @Test
    void aTurnedCrystalDoesNot() {
        double a = 4.05;
        double edge = a / Math.sqrt(2);
        int n = 6;
        double[] positions = new double[n * n * 2 * 3];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < 2; k++) {
                    positions[at++] = (i + 0.5 * k) * edge;
                    positions[at++] = (j + 0.5 * k) * edge;
                    positions[at++] = k * a / 2;
                }
            }
        }
        Atoms turned = Atoms.of("Al", Cell.orthogonal(n * edge, n * edge, a), positions);
        assertThat(CubeAxes.bondsAlong(turned, a)).isLessThan(0.1);
    }
}
