// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against the definition, pixel by pixel, on images of any size, those that fill no whole words among them. */
class MorphologyTest {
    private interface Pixels {
        boolean isSolid(int row, int column);
    }

    private static StructureImage random(int width, int height, Random random) {
        StructureImage image = new StructureImage(width, height);
        double share = random.nextInt(3) == 0 ? 0.5 : 0.97;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                if (random.nextDouble() < share) {
                    image.setSolid(row, column, 1);
                }
            }
        }
        return image;
    }

    /** Whether all pixels around one, at most a radius away, are of a kind. */
    private static boolean isAll(boolean solid, StructureImage image, double radius, int row, int column) {
        int reach = (int) radius;
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                if (dx * dx + dy * dy <= radius * radius && solid != image.solid(
                        Math.floorMod(row + dy, image.height()), Math.floorMod(column + dx, image.width()))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void compare(Morphology actual, Pixels expected) {
        int count = 0;
        int[] ends = new int[actual.width() + 2];
        for (int row = 0; row < actual.height(); row++) {
            boolean[] solid = new boolean[actual.width()];
            for (int k = 0, n = actual.runs(row, ends); k < n; k += 2) {
                Arrays.fill(solid, ends[k], ends[k + 1], true);
            }
            for (int column = 0; column < actual.width(); column++) {
                assertThat(solid[column]).as("row %d, column %d", row, column).isEqualTo(expected.isSolid(row, column));
                count += solid[column] ? 1 : 0;
            }
        }
        assertThat(actual.count()).isEqualTo(count);
        assertThat(actual.isEmpty()).isEqualTo(count == 0);
    }

    @Property(tries = 60)
    void erosionAndDilationAreTheirDefinition(@ForAll @IntRange(min = 1, max = 200) int width,
            @ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 0, max = 80) int tenths,
            @ForAll long seed) {
        StructureImage image = random(width, height, new Random(seed));
        double radius = tenths / 10.0;
        Morphology solid = Morphology.of(image);
        compare(solid, image::solid);
        compare(solid.eroded(radius), (row, column) -> isAll(true, image, radius, row, column));
        compare(solid.dilated(radius), (row, column) -> !isAll(false, image, radius, row, column));
        Morphology left = solid.eroded(radius);
        assertThat(solid.countOutside(left)).isEqualTo(solid.count() - left.count());
        assertThat(solid.countOutside(left.inverted())).isEqualTo(left.count());
    }

    /** A disk that is wider than a word, and one that is wider than the image. */
    @Property(tries = 4)
    void largeDisks(@ForAll @IntRange(min = 250, max = 320) int width) {
        StructureImage image = new StructureImage(width, 3);
        for (int row = 0; row < 3; row++) {
            image.setSolid(row, row == 1 ? 30 : 20, width - 90);
        }
        for (double radius : new double[] {70.5, 100, 200}) {
            Morphology solid = Morphology.of(image);
            compare(solid.eroded(radius), (row, column) -> isAll(true, image, radius, row, column));
            compare(solid.dilated(radius), (row, column) -> !isAll(false, image, radius, row, column));
        }
    }
}
