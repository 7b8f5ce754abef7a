// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    @TempDir
    private Path folder;

    /** One array as the NPY format describes it, read by its own rules. */
    private record Npy(String header, ByteBuffer data) {
        static Npy read(Path npz, String name) throws IOException {
            try (ZipFile zip = new ZipFile(npz.toFile())) {
                byte[] bytes = zip.getInputStream(zip.getEntry(name + ".npy")).readAllBytes();
                ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
                int length = buffer.getShort(8);
                assertThat((10 + length) % 64).isZero();
                String header = new String(bytes, 10, length, StandardCharsets.US_ASCII);
                assertThat(header).endsWith("\n").contains("'fortran_order': False");
                buffer.position(10 + length);
                return new Npy(header, buffer);
            }
        }
    }

    private Npy roundTrip(Object array, boolean unsigned) throws IOException {
        Path file = folder.resolve("one.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            Npz npz = new Npz(out);
            npz.add("x", array, unsigned);
            npz.finish();
        }
        return Npy.read(file, "x");
    }

    @Test
    void doublesInThreeDimensionsAreRowMajor() throws IOException {
        Npy npy = roundTrip(new double[][][] {{{1, 2}, {3, Double.NaN}, {-0.0, 6}}}, false);
        assertThat(npy.header).contains("'descr': '<f8'").contains("'shape': (1, 3, 2,)");
        double[] flat = new double[6];
        npy.data.asDoubleBuffer().get(flat);
        assertThat(flat).containsExactly(1, 2, 3, Double.NaN, -0.0, 6);
        assertThat(npy.data.remaining()).isEqualTo(48);
    }

    @Test
    void integersOfEveryWidth() throws IOException {
        Npy longs = roundTrip(new long[] {Long.MIN_VALUE, 5}, false);
        assertThat(longs.header).contains("'<i8'").contains("(2,)");
        assertThat(longs.data.getLong()).isEqualTo(Long.MIN_VALUE);
        Npy integers = roundTrip(new int[] {-7}, false);
        assertThat(integers.header).contains("'<i4'");
        assertThat(integers.data.getInt()).isEqualTo(-7);
        assertThat(roundTrip(new byte[] {-1}, false).header).contains("'|i1'");
        Npy image = roundTrip(new byte[][] {{-1, 2}, {3, 4}}, true);
        assertThat(image.header).contains("'|u1'").contains("(2, 2,)");
        assertThat(image.data.get()).isEqualTo((byte) 255);
    }

    @Test
    void textIsPaddedUtf8() throws IOException {
        Npy npy = roundTrip(new String[] {"Å", "", "abc"}, false);
        assertThat(npy.header).contains("'|S3'").contains("(3,)");
        byte[] bytes = new byte[9];
        npy.data.get(bytes);
        assertThat(bytes).containsExactly(0xC3, 0x85, 0, 0, 0, 0, 'a', 'b', 'c');
    }

    @Test
    void equalArraysMakeEqualBytes() throws IOException {
        for (String name : new String[] {"a.npz", "b.npz"}) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
                Npz npz = new Npz(out);
                npz.add("x", new double[] {1, 2, 3}, false);
                npz.finish();
            }
        }
        assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    }

    @Test
    void otherTypesAreRefused() {
        assertThatThrownBy(() -> roundTrip(new float[] {1}, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("float");
    }
}
