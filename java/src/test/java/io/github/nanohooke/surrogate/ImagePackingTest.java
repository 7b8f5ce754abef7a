// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.SquareSymmetry;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImagePackingTest {

    /** The one pass does what the image's own methods do one after the other, bit for bit. */
    @Property(tries = 100)
    void putTransformsAndShifts(@ForAll @IntRange(min = 1, max = 37) int size, @ForAll SquareSymmetry symmetry,
            @ForAll @IntRange(min = -50, max = 50) int rows, @ForAll @IntRange(min = -50, max = 50) int columns,
            @ForAll long seed) {
        StructureImage image = TestData.randomImage(size, seed);
        ImagePacking packing = new ImagePacking(size);
        byte[] batch = new byte[3 * packing.bytes()];
        packing.put(image, symmetry, rows, columns, batch, 1);
        StructureImage expected = image.transformed(symmetry).shifted(rows, columns);
        int stride = (size + 7) / 8;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < 8 * stride; column++) {
                int bit = batch[packing.bytes() + row * stride + column / 8] >> column % 8 & 1;
                boolean solid = column < size && expected.solid(row, column);
                assertThat(bit).as("row %d, column %d", row, column).isEqualTo(solid ? 1 : 0);
            }
        }
        assertThat(batch[0]).isZero();
        assertThat(batch[batch.length - 1]).isZero();
    }

    @Test
    void anImageOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> new ImagePacking(16).put(TestData.randomImage(8, 1), SquareSymmetry.IDENTITY, 0, 0,
                new byte[32], 0)).isInstanceOf(ImageException.class).hasMessageContaining("16 x 16");
    }
}
