// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final double A = 4.05;

    private static Optional<String> reason(Pore... pores) {
        return HeldOut.reason(new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1), List.of(pores)));
    }

    /** Whole cells, edges half way between planes of atoms. */
    private static Rectangle cells(double x, double y, double width, double height) {
        return new Rectangle((x - 0.25) * A, (x + width - 0.25) * A, (y - 0.25) * A, (y + height - 0.25) * A);
    }

    @Test
    void theBoxesOfFig4AreHeldOut() {
        ReferenceStructures.fig4().forEach(box -> assertThat(HeldOut.reason(box.structure())).as(box.name())
                .isPresent());
    }

    @Test
    void squaresOfAnySizeAndPlaceAreHeldOut() {
        for (int width = 1; width < 20; width++) {
            assertThat(reason(cells(3, 17, width, width))).as("%d cells", width).hasValueSatisfying(
                    reason -> assertThat(reason).contains("square"));
        }
        assertThat(reason(cells(3, 3, 5, 5), cells(12, 9, 5, 5))).isPresent();
        assertThat(reason(cells(3, 3, 5, 7), cells(12, 9, 5, 7))).isPresent();
        assertThat(reason(Polygon.of(new double[] {20, 20}, new double[] {50, 22}, new double[] {30, 45}))).isPresent();
    }

    @Test
    void aSlitOfTwoCellsIsHeldOutUpToTheCut() {
        for (int length = 3; length <= 20; length++) {
            assertThat(reason(cells(0, 9, length, 2))).as("%d cells", length).hasValueSatisfying(
                    reason -> assertThat(reason).contains("slit"));
            assertThat(reason(cells(9, 5, 2, length))).isPresent();
        }
    }

    @Test
    void othersAreNot() {
        assertThat(reason(cells(3, 3, 5, 6))).isEmpty();
        assertThat(reason(cells(3, 3, 20, 3))).isEmpty();
        assertThat(reason(cells(3, 3, 5, 5), cells(12, 9, 5, 4))).isEmpty();
        assertThat(reason(cells(3, 3, 5, 5), cells(6, 6, 5, 5))).isEmpty();
        assertThat(reason(cells(1, 1, 2, 2), cells(11, 1, 2, 2), cells(1, 11, 2, 2), cells(11, 12, 2, 2))).isEmpty();
        assertThat(reason()).isEmpty();
    }

    @Test
    void noFamilyDrawsThem() {
        for (StructureSource source : StructureSources.all().subList(3, StructureSources.all().size())) {
            for (long index = 0; index < 50; index++) {
                assertThat(HeldOut.reason(source.draw(8, index, Lattice.aluminium(), new Cells(20, 20, 1)).structure()))
                        .isEmpty();
            }
        }
    }
}
