// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.ColumnGrid;
import io.github.nanohooke.structure.atoms.Connectivity;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sizes;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.file.StructureFile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StructureSourcesTest {
    private static final Cells CELLS = new Cells(20, 20, 1);
    private static final int MOST = 150;
    private static final Map<String, List<PorousStructure>> DRAWN = new HashMap<>();

    static List<String> families() {
        return StructureSources.ids().subList(3, StructureSources.ids().size());
    }

    private static PorousStructure draw(String family, long index) {
        return StructureSources.of(family).draw(3, index, Lattice.aluminium(), CELLS).structure();
    }

    /** The first ones of a family: most of what these tests take is the drawing. */
    private static List<PorousStructure> drawn(String family, int count) {
        return DRAWN.computeIfAbsent(family,
                name -> LongStream.range(0, MOST).mapToObj(index -> draw(name, index)).toList()).subList(0, count);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void thePapersKindsAreWhatTheyWere(Kind kind) {
        for (long index = 0; index < 20; index++) {
            StructureSource.Drawn drawn = StructureSources.of(kind.label()).draw(7, index, Lattice.aluminium(), CELLS);
            RandomStructures.Sample sample =
                    RandomStructures.draw(kind, 7, index, Lattice.aluminium(), CELLS, Sizes.defaults());
            assertThat(drawn.structure()).isEqualTo(sample.structure());
            assertThat(drawn.targetPorosity()).isEqualTo(sample.targetPorosity());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aStructureIsPureAndComesBackFromItsFile(String family) {
        for (long index = 0; index < 10; index++) {
            PorousStructure structure = drawn(family, MOST).get((int) index);
            assertThat(structure).isEqualTo(draw(family, index));
            assertThat(StructureFile.parse(StructureFile.toJson(structure), "test")).isEqualTo(structure);
        }
    }

    /** By bonds of atoms, which is another way than that of the columns. */
    @ParameterizedTest
    @MethodSource("families")
    void solidsAreContinuousUnlessSlitsCutThem(String family) {
        long cut = drawn(family, 40).stream()
                .filter(structure -> Connectivity.of(structure.atoms()).dimensions() < 3).count();
        if (family.equals("slits")) {
            assertThat(cut).isBetween(5L, 35L);
        } else {
            assertThat(cut).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void thereAreNoIslands(String family) {
        for (PorousStructure structure : drawn(family, 40)) {
            List<ColumnGrid.Piece> pieces = ColumnGrid.of(structure).pieces();
            boolean rod = pieces.size() == 1;
            assertThat(rod || pieces.stream().allMatch(piece -> piece.directions() > 0)).isTrue();
        }
    }

    /** Targets are uniform; where rules lower them, the highest ones become rare, but no tenth is left out. */
    @ParameterizedTest
    @MethodSource("families")
    void porositiesCoverTheRange(String family) {
        double[] porosities = drawn(family, MOST).stream().mapToDouble(PorousStructure::porosity).toArray();
        double high = ((Number) StructureSources.of(family).parameters().get("highestTarget")).doubleValue();
        double low = ((Number) StructureSources.of(family).parameters().get("lowestTarget")).doubleValue();
        for (double from = low; from < 0.8 * high; from += (high - low) / 10) {
            double start = from;
            double end = from + (high - low) / 10;
            assertThat(Arrays.stream(porosities).filter(p -> p >= start && p < end).count())
                    .as("%s %f to %f %%", family, start, end).isGreaterThan(4);
        }
    }

    @Test
    void unknownFamiliesAreNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> StructureSources.of("nosuch")).isInstanceOf(StructureException.class)
                .hasMessageContaining("nosuch").hasMessageContaining("spinodals");
    }

    @Test
    void theFamiliesKnowFccAlone() {
        assertThatThrownBy(() -> StructureSources.of("foams").draw(1, 1, new Lattice("Fe", Lattice.Kind.BCC, 2.87),
                CELLS)).isInstanceOf(StructureException.class).hasMessageContaining("fcc");
    }
}
