// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.Xoshiro256;
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
        StructureImage image = randomImage(size, seed);
        ImagePacking packing = new ImagePacking(size);
        byte[] batch = new byte[3 * packing.bytes()];
        packing.put(image.packed(), symmetry, rows, columns, batch, 1);
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

    private static StructureImage randomImage(int size, long seed) {
        Xoshiro256 random = new Xoshiro256(seed);
        byte[] packed = new byte[size * ((size + 7) / 8)];
        for (int i = 0; i < size * size; i++) {
            packed[i / size * ((size + 7) / 8) + i % size / 8] |= (byte) (random.nextInt(2) << i % size % 8);
        }
        return StructureImage.fromPacked(size, size, packed);
    }

    /** Every field of a code comes back, up to the largest. */
    @Property
    void codesComeBack(@ForAll @IntRange(min = 0) int sample, @ForAll SquareSymmetry symmetry,
            @ForAll @IntRange(min = 0, max = 16383) int rows, @ForAll @IntRange(min = 0, max = 16383) int columns) {
        ImageCode code = new ImageCode(sample, symmetry, rows, columns);
        assertThat(ImageCode.of(code.packed())).isEqualTo(code);
        assertThat(code.packed()).isNotNegative();
    }

    @Test
    void codesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ImageCode(-1, SquareSymmetry.IDENTITY, 0, 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("sample -1");
        assertThatThrownBy(() -> new ImageCode(0, SquareSymmetry.IDENTITY, 16384, 0)).hasMessageContaining("16384");
        assertThatThrownBy(() -> new ImageCode(0, SquareSymmetry.IDENTITY, 0, -3)).hasMessageContaining("-3 columns");
    }
}
