// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.Rectangle;
import io.github.nanohooke.structure.ReferenceStructures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final double A = 4.05;
    /** Columns of atoms along an edge. */
    private static final int N = 40;
    private static final Cells CELLS = new Cells(20, 20, 1);
    private static final Polygon TRIANGLE = Polygon.of(new double[] {20, 20}, new double[] {50, 22},
            new double[] {30, 45});

    private static Optional<String> reason(Pore... pores) {
        return HeldOut.reason(new PorousStructure(Lattice.aluminium(), CELLS, List.of(pores)));
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
        assertThat(reason(TRIANGLE)).isPresent();
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

    /** Pores that change nothing: too small to meet a column of atoms, or inside of the triangle. */
    @Test
    void aTriangleIsAloneWhereNothingElseIsMissing() {
        Pore between = new Circle(15.25 * A, 15.25 * A, 0.1);
        Pore inside = new Circle(32, 29, 3);
        assertThat(reason(between)).isEmpty();
        for (List<Pore> pores : List.of(List.of(TRIANGLE, between), List.of(between, TRIANGLE),
                List.of(TRIANGLE, inside), List.of(inside, between, TRIANGLE))) {
            assertThat(reason(pores.toArray(Pore[]::new))).as("%s", pores).contains("one triangle (fig. 5)");
        }
        Pore beside = new Circle(15 * A, 15 * A, 3);
        assertThat(reason(TRIANGLE, beside)).isEmpty();
    }

    /** By the atoms that are there, not by the rule that the families themselves are drawn by. */
    @Test
    void noFamilyDrawsThem() {
        for (StructureSource source : StructureSources.all().subList(3, StructureSources.all().size())) {
            for (long index = 0; index < 50; index++) {
                PorousStructure structure = source.draw(8, index, Lattice.aluminium(), CELLS).structure();
                assertThat(isCase(structure)).as("%s %d", source.id(), index).isFalse();
            }
        }
        List<List<Pore>> cases = List.of(List.of(cells(3, 17, 5, 5)), List.of(cells(3, 3, 5, 7), cells(12, 9, 5, 7)),
                List.of(cells(9, 5, 2, 20)), List.of(TRIANGLE, new Circle(32, 29, 3)));
        assertThat(cases).allMatch(pores -> isCase(new PorousStructure(Lattice.aluminium(), CELLS, pores)));
        assertThat(isCase(ReferenceStructures.fig4().get(2).structure())).isTrue();
    }

    private static boolean isCase(PorousStructure structure) {
        for (Pore pore : structure.pores()) {
            if (pore instanceof Polygon triangle && triangle.vertices().size() == 3
                    && new PorousStructure(structure.lattice(), structure.cells(), List.of(pore)).atoms().count()
                    == structure.atoms().count()) {
                return true;
            }
        }
        List<boolean[][]> holes = holes(structure);
        List<int[]> sizes = holes.stream().map(HeldOutTest::rectangle).filter(Objects::nonNull).toList();
        if (sizes.isEmpty() || sizes.size() < holes.size()
                || !sizes.stream().allMatch(size -> Arrays.equals(size, sizes.get(0)))) {
            return false;
        }
        boolean square = sizes.get(0)[0] == sizes.get(0)[1];
        boolean slit = Math.min(sizes.get(0)[0], sizes.get(0)[1]) == 4;
        return sizes.size() == 2 || sizes.size() == 1 && (square || slit)
                || square && repeats(structure, (int) Math.round(Math.sqrt(sizes.size())));
    }

    /** Where atoms are missing, by columns of a quarter of a cell's area; side by side is one hole. */
    private static List<boolean[][]> holes(PorousStructure structure) {
        boolean[][] missing = missing(structure);
        List<boolean[][]> holes = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                if (missing[i][j]) {
                    boolean[][] hole = new boolean[N][N];
                    fill(missing, i, j, hole);
                    holes.add(hole);
                }
            }
        }
        return holes;
    }

    private static boolean[][] missing(PorousStructure structure) {
        boolean[][] missing = new boolean[N][N];
        for (boolean[] row : missing) {
            Arrays.fill(row, true);
        }
        double[] positions = structure.atoms().positions();
        for (int k = 0; k < positions.length; k += 3) {
            missing[(int) Math.round(2 * positions[k] / A) % N][(int) Math.round(2 * positions[k + 1] / A) % N] = false;
        }
        return missing;
    }

    /** Moves a hole out of what is missing. */
    private static void fill(boolean[][] missing, int i, int j, boolean[][] hole) {
        int x = Math.floorMod(i, N);
        int y = Math.floorMod(j, N);
        if (missing[x][y]) {
            missing[x][y] = false;
            hole[x][y] = true;
            fill(missing, x - 1, y, hole);
            fill(missing, x + 1, y, hole);
            fill(missing, x, y - 1, hole);
            fill(missing, x, y + 1, hole);
        }
    }

    /** Columns along x and y of a hole that has all in which its rows and its lines meet; else null. */
    private static int[] rectangle(boolean[][] hole) {
        int x = 0;
        int y = 0;
        int all = 0;
        for (int i = 0; i < N; i++) {
            boolean alongX = false;
            boolean alongY = false;
            for (int j = 0; j < N; j++) {
                alongX |= hole[i][j];
                alongY |= hole[j][i];
                all += hole[i][j] ? 1 : 0;
            }
            x += alongX ? 1 : 0;
            y += alongY ? 1 : 0;
        }
        return x * y == all ? new int[] {x, y} : null;
    }

    /** Whether the structure comes to lie on itself when it is moved by a part of the box, along x and along y. */
    private static boolean repeats(PorousStructure structure, int parts) {
        boolean[][] missing = missing(structure);
        boolean repeats = parts > 1 && N % parts == 0;
        for (int i = 0; repeats && i < N; i++) {
            for (int j = 0; j < N; j++) {
                repeats &= missing[i][j] == missing[(i + N / parts) % N][j]
                        && missing[i][j] == missing[i][(j + N / parts) % N];
            }
        }
        return repeats;
    }
}
