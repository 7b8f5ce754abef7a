// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PorousStructurePropertiesTest {
    private static final double A = 4.05;
    private static final int N = 8;
    private static final double L = N * A;

    @Provide
    Arbitrary<Pore> pore() {
        Arbitrary<Double> at = Arbitraries.doubles().between(0.01, L - 0.01);
        Arbitrary<Double> half = Arbitraries.doubles().between(0.5, L / 4);
        Arbitrary<Pore> circles = Combinators.combine(at, at, half).as(Circle::new);
        Arbitrary<Pore> rectangles = Combinators.combine(at, at, half, half)
                .as((x, y, w, h) -> new Rectangle(x - w, x + w, y - h, y + h));
        // An arrow head: concave, and with edges in general directions.
        Arbitrary<Pore> polygons = Combinators.combine(at, at, half, half).as((x, y, w, h) -> Polygon.of(
                new double[][] {{x - w, y - h}, {x, y - h / 3}, {x + w, y - h / 2}, {x + w / 5, y + h}}));
        return Arbitraries.oneOf(circles, rectangles, polygons);
    }

    private static PorousStructure structure(List<Pore> pores) {
        return new PorousStructure(Lattice.aluminium(), new Cells(N, N, 1), pores);
    }

    @Property(tries = 200)
    void everyAtomIsJudgedByItsNearestImages(@ForAll("pores") @Size(min = 1, max = 4) List<Pore> pores) {
        PorousStructure structure = structure(pores);
        Atoms perfect = structure.perfect();
        int kept = 0;
        for (int i = 0; i < perfect.count(); i++) {
            kept += inAnyImage(pores, perfect.x(i), perfect.y(i)) ? 0 : 1;
        }
        assertThat(structure.atoms().count()).isEqualTo(kept);
        assertThat(structure.porosity()).isEqualTo(100.0 * (perfect.count() - kept) / perfect.count());
    }

    private static boolean inAnyImage(List<Pore> pores, double x, double y) {
        for (Pore pore : pores) {
            for (int i = -1; i <= 1; i++) {
                for (int j = -1; j <= 1; j++) {
                    if (pore.contains(x + i * L, y + j * L, Pore.TOLERANCE)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Provide
    Arbitrary<List<Pore>> pores() {
        return pore().list().ofMinSize(1).ofMaxSize(4);
    }

    /** Lattice vectors of fcc: whole cells, or half a cell along both axes together with half a cell along z. */
    @Property(tries = 200)
    void aLatticeVectorLeavesTheCount(@ForAll("pores") @Size(min = 1, max = 4) List<Pore> pores,
            @ForAll @IntRange(min = 0, max = 2 * N) int halfX, @ForAll @IntRange(min = 0, max = N) int cellsY) {
        double dx = halfX * A / 2;
        double dy = halfX * A / 2 + cellsY * A;
        List<Pore> moved = pores.stream().map(p -> PoreMoves.translated(p, dx, dy, L)).toList();
        assertThat(structure(moved).removedCount()).isEqualTo(structure(pores).removedCount());
    }

    @Property(tries = 200)
    void aQuarterTurnLeavesThePorosityAndTheSurface(@ForAll("pores") @Size(min = 1, max = 4) List<Pore> pores) {
        PorousStructure before = structure(pores);
        PorousStructure after = structure(pores.stream().map(p -> PoreMoves.quarterTurn(p, L)).toList());
        assertThat(after.porosity()).isEqualTo(before.porosity());
        assertThat(CommonNeighbours.surfaceAtoms(after)).isEqualTo(CommonNeighbours.surfaceAtoms(before));
    }

    @Property(tries = 50)
    void countsGrowWithTheLayers(@ForAll("pores") @Size(min = 1, max = 4) List<Pore> pores,
            @ForAll @IntRange(min = 2, max = 5) int nz) {
        PorousStructure one = structure(pores);
        PorousStructure many = new PorousStructure(one.lattice(), new Cells(N, N, nz), pores);
        assertThat(many.removedCount()).isEqualTo(nz * one.removedCount());
        assertThat(many.porosity()).isEqualTo(one.porosity());
        assertThat(CommonNeighbours.surfaceAtoms(many)).isEqualTo(nz * CommonNeighbours.surfaceAtoms(one));
    }
}
