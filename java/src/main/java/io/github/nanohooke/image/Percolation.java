// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Along which directions the solid of a periodic image goes on for ever: the lattice translations, in cells, by which
 * a piece of it reaches its own copy. A piece that has two independent ones is continuous in the plane; one, a strip
 * along it; none, an island.
 *
 * @param windings independent translations (across, up) of the pieces, two at most. Pieces with one translation each
 *                 share it, up to its sign: strips that do not cross are parallel.
 */
public record Percolation(List<Winding> windings) {

    /** Of an image without pores. */
    public static final Percolation WHOLE = new Percolation(List.of(new Winding(1, 0), new Winding(0, 1)));

    /**
     * A translation in cells.
     *
     * @param x along the first edge
     * @param y along the second
     */
    public record Winding(int x, int y) {
        private boolean independentOf(Winding other) {
            return x * other.y != y * other.x;
        }
    }

    public Percolation {
        windings = List.copyOf(windings);
    }

    /**
     * Of an image.
     *
     * @param gap solid pixels whose centres are at most this far apart belong to one piece [pixels], for atoms interact
     *            beyond the disks that are drawn; below 1.5 it is that of pixels that touch, corners included
     */
    public static Percolation of(StructureImage image, double gap) {
        // Pixels that have grown by half the gap touch where they were a gap apart; touching is a distance of one.
        double radius = (gap - 1) / 2;
        Morphology solid = Morphology.of(image);
        return of(radius < 1 ? solid : solid.dilated(radius));
    }

    private static Percolation of(Morphology solid) {
        int width = solid.width();
        int height = solid.height();
        boolean[] seen = new boolean[width * height];
        int[] acrossOf = new int[seen.length];
        int[] upOf = new int[seen.length];
        List<Winding> found = new ArrayList<>();
        // Every pixel is queued once.
        int[] queue = new int[seen.length];
        for (int seed = 0; seed < seen.length && found.size() < 2; seed++) {
            if (seen[seed] || !solid.solid(seed / width, seed % width)) {
                continue;
            }
            seen[seed] = true;
            queue[0] = seed;
            for (int head = 0, tail = 1; head < tail && found.size() < 2; head++) {
                int pixel = queue[head];
                for (int step = 0; step < 9; step++) {
                    int row = pixel / width + step / 3 - 1;
                    int column = pixel % width + step % 3 - 1;
                    int cellAcross = column < 0 ? -1 : column < width ? 0 : 1;
                    int cellUp = row < 0 ? 1 : row < height ? 0 : -1;
                    row += cellUp * height;
                    column -= cellAcross * width;
                    int next = row * width + column;
                    if (!solid.solid(row, column)) {
                        continue;
                    }
                    int across = acrossOf[pixel] + cellAcross;
                    int up = upOf[pixel] + cellUp;
                    if (!seen[next]) {
                        seen[next] = true;
                        acrossOf[next] = across;
                        upOf[next] = up;
                        queue[tail++] = next;
                    } else if (across != acrossOf[next] || up != upOf[next]) {
                        add(new Winding(across - acrossOf[next], up - upOf[next]), found);
                    }
                }
            }
        }
        return new Percolation(found);
    }

    private static void add(Winding winding, List<Winding> found) {
        if (found.size() < 2 && found.stream().allMatch(winding::independentOf)) {
            found.add(winding);
        }
    }

    /** Whether the solid is continuous in the plane. */
    public boolean isWhole() {
        return windings.size() == 2;
    }
}
