// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.source.StructureSources;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitmapCoderTest {

    private static byte[] noise(int size, double solid, SplitMix64 random) {
        byte[] bits = new byte[StructureImage.packedBytes(size, size)];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                if (random.nextDouble() < solid) {
                    bits[row * ((size + 7) / 8) + column / 8] |= (byte) (1 << column % 8);
                }
            }
        }
        return bits;
    }

    @Property(tries = 60)
    void anyImagesComeBack(@ForAll @IntRange(min = 8, max = 70) int size, @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 1) double solid) {
        SplitMix64 random = new SplitMix64(seed);
        byte[][] images = {noise(size, solid, random), noise(size, solid, random), noise(size, 1, random)};
        byte[] known = noise(size, solid, random);
        boolean[] columns = new boolean[7 * 5];
        for (int k = 0; k < columns.length; k++) {
            columns[k] = random.nextDouble() < solid;
        }
        RangeEncoder encoder = new RangeEncoder();
        BitmapCoder code = new BitmapCoder(size);
        for (byte[] image : images) {
            code.image(encoder, image.clone(), known);
        }
        code.columns(encoder, columns.clone(), 7);
        byte[] packed = encoder.finish();

        RangeDecoder decoder = new RangeDecoder(packed, 0, packed.length);
        BitmapCoder again = new BitmapCoder(size);
        for (byte[] image : images) {
            byte[] back = new byte[image.length];
            again.image(decoder, back, known);
            assertThat(back).isEqualTo(image);
        }
        boolean[] back = new boolean[columns.length];
        again.columns(decoder, back, 7);
        assertThat(back).isEqualTo(columns);
        assertThat(decoder.isAtEnd()).isTrue();
    }

    /** Files of before must be read: the bytes are those of the first version, which asked pixel by pixel. */
    @Test
    void theBytesAreThoseOfTheFirstVersion() {
        SplitMix64 random = new SplitMix64(6);
        CRC32 sum = new CRC32();
        for (int size = 8; size < 90; size += 3) {
            RangeEncoder encoder = new RangeEncoder();
            BitmapCoder code = new BitmapCoder(size);
            byte[] disk = disk(size, size / 2, size / 3.0);
            code.image(encoder, disk.clone(), noise(size, 0, random));
            code.image(encoder, disk(size, size / 3, size / 3.0), disk);
            code.image(encoder, noise(size, 0.9, random), disk);
            sum.update(encoder.finish());
        }
        assertThat(sum.getValue()).isEqualTo(0xb4cdcb84L);
    }

    private static byte[] disk(int size, int centre, double radius) {
        byte[] bits = new byte[StructureImage.packedBytes(size, size)];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                if (Math.hypot(row - centre, column - centre) > radius) {
                    bits[row * ((size + 7) / 8) + column / 8] |= (byte) (1 << column % 8);
                }
            }
        }
        return bits;
    }

    /** Designs are stored as columns: they must be found in the image, and make the same one. */
    @ParameterizedTest
    @ValueSource(strings = {"circles", "rectangles", "mixed", "polygons", "wrapped", "lattices", "foams", "spinodals",
        "slits"})
    void designedImagesAreThoseOfTheirColumns(String family) {
        for (long index = 0; index < 5; index++) {
            PorousStructure structure = StructureSources.of(family).draw(4, index, Lattice.aluminium(),
                    new Cells(20, 20, 1)).structure();
            byte[] image = StructureImage.of(structure.atoms(), structure.lattice(), 256).packed();
            DesignedImage designs = new DesignedImage("Al", 20, 20, 4.05, 256, structure.lattice().diskRadius());
            assertThat(designs.draw(designs.columnsOf(image))).isEqualTo(image);
        }
    }
}
