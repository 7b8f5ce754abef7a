// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.image.Percolation.Winding;
import io.github.nanohooke.structure.SquareSymmetry;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PercolationTest {
    private static final int N = 32;

    /** @param solid of column (x) and row from the bottom (y) */
    private static StructureImage image(BiPredicate<Integer, Integer> solid) {
        StructureImage image = new StructureImage(N, N);
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                if (solid.test(x, y)) {
                    image.setSolid(N - 1 - y, x, 1);
                }
            }
        }
        return image;
    }

    private static List<Winding> windings(BiPredicate<Integer, Integer> solid) {
        return Percolation.of(image(solid), 1).windings();
    }

    private static boolean parallel(Winding a, Winding b) {
        return a.x() * b.y() == a.y() * b.x();
    }

    @Test
    void knownImagesGoOnWhereTheyDo() {
        assertThat(Percolation.of(image((x, y) -> true), 1).isWhole()).isTrue();
        assertThat(Percolation.of(image((x, y) -> x < 10 || y < 10), 1).isWhole()).as("crossed bars").isTrue();
        assertThat(windings((x, y) -> x >= 10 && y >= 10)).as("a rod").isEmpty();
        assertThat(windings((x, y) -> x < 5 || x > 12)).hasSize(1).allMatch(w -> w.x() == 0, "goes on along y");
        assertThat(windings((x, y) -> y == 7)).hasSize(1).allMatch(w -> w.y() == 0, "goes on along x");
        assertThat(windings((x, y) -> (x - y + N) % N < 8)).hasSize(1).allMatch(w -> w.x() == w.y(),
                "rises to the right");
        assertThat(windings((x, y) -> (2 * x + y) % N < 8)).hasSize(1)
                .allMatch(w -> parallel(w, new Winding(1, -2)), "falls by two cells in one");
        assertThat(windings((x, y) -> y < 4 || y > 20 && y < 25 && x < 9)).as("a strip and an island").hasSize(1);
        assertThat(windings((x, y) -> (x / 4 + y / 4) % 2 == 0)).as("corners touch").hasSize(2);
    }

    /** The bridge of a dumbbell that reaches over the edge must not count twice. */
    @Test
    void aPieceThatCrossesTheEdgeWithoutReachingItselfIsAnIsland() {
        assertThat(windings((x, y) -> (x + 10) % N < 20 && (y + 10) % N < 20)).isEmpty();
    }

    @Test
    void aGapCountsUpToItsWidth() {
        StructureImage slit = image((x, y) -> x < 10 || x >= 15);
        assertThat(Percolation.of(slit, 1).isWhole()).isFalse();
        assertThat(Percolation.of(slit, 5.9).isWhole()).as("centres are six pixels apart").isFalse();
        assertThat(Percolation.of(slit, 7).isWhole()).isTrue();
    }

    /** Whatever pixel one begins at, and however often a piece reaches itself on the way round. */
    @Test
    void aStripTellsItsShortestTranslationToTheRightOrUpwards() {
        assertThat(windings((x, y) -> (x + y) % N < 9 && (x + 3 * y) % 5 != 1)).containsExactly(new Winding(1, -1));
        assertThat(windings((x, y) -> x >= 3 && x < 9)).containsExactly(new Winding(0, 1));
        assertThat(windings((x, y) -> y == 0)).containsExactly(new Winding(1, 0));
    }

    @Property(tries = 100)
    void shiftsAndSymmetriesChangeNoRank(@ForAll @IntRange(min = 0, max = 31) int rows,
            @ForAll @IntRange(min = 0, max = 31) int columns, @ForAll SquareSymmetry symmetry, @ForAll long seed) {
        Random random = new Random(seed);
        double share = 0.3 + 0.3 * random.nextDouble();
        StructureImage image = image((x, y) -> random.nextDouble() < share);
        int rank = Percolation.of(image, 1).windings().size();
        Percolation moved = Percolation.of(image.shifted(rows, columns).transformed(symmetry), 1);
        assertThat(moved.windings()).hasSize(rank);
    }

    /** Against union-find on three by three copies: a strip along x joins the copies of a row, and so on. */
    @Property(tries = 100)
    void agreesWithCopiesOfTheCell(@ForAll long seed) {
        Random random = new Random(seed);
        double share = 0.3 + 0.3 * random.nextDouble();
        int n = 8;
        boolean[] solid = new boolean[n * n];
        StructureImage image = new StructureImage(n, n);
        for (int i = 0; i < solid.length; i++) {
            solid[i] = random.nextDouble() < share;
            if (solid[i]) {
                image.setSolid(i / n, i % n, 1);
            }
        }
        // Windings of at most n pixels' path need no more than n copies.
        int copies = 2 * n + 1;
        int[] piece = new int[copies * n * copies * n];
        int all = copies * n;
        int rank = 0;
        for (int seedPixel = 0; seedPixel < solid.length && rank < 2; seedPixel++) {
            if (solid[seedPixel]) {
                rank = Math.max(rank, rank(solid, n, copies, all, seedPixel, piece, seedPixel + 1));
            }
        }
        assertThat(Percolation.of(image, 1).windings()).hasSize(rank);
    }

    private static int rank(boolean[] solid, int n, int copies, int all, int pixel, int[] piece, int mark) {
        int start = (copies / 2 * n + pixel / n) * all + copies / 2 * n + pixel % n;
        java.util.ArrayDeque<Integer> queue = new java.util.ArrayDeque<>(List.of(start));
        piece[start] = mark;
        List<Winding> found = new java.util.ArrayList<>();
        while (!queue.isEmpty()) {
            int at = queue.remove();
            for (int step = 0; step < 9; step++) {
                int row = at / all + step / 3 - 1;
                int column = at % all + step % 3 - 1;
                boolean inside = row >= 0 && column >= 0 && row < all && column < all;
                if (inside && solid[row % n * n + column % n] && piece[row * all + column] != mark) {
                    piece[row * all + column] = mark;
                    queue.add(row * all + column);
                    if (row % n == pixel / n && column % n == pixel % n) {
                        found.add(new Winding(column / n - copies / 2, row / n - copies / 2));
                    }
                }
            }
        }
        return found.isEmpty() ? 0 : found.stream().allMatch(w -> parallel(w, found.get(0))) ? 1 : 2;
    }
}
