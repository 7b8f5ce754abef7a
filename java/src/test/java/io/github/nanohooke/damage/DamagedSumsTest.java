// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.dataset.slim.SlimFile;
import io.github.nanohooke.dataset.slim.SlimSample;
import io.github.nanohooke.dataset.slim.SlimWriter;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.random.SplitMix64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * Formats with checksums, damaged: what is still told is what was written. Where the checksums are mended afterwards,
 * the readers behind them are alone with the damage.
 */
class DamagedSumsTest extends DamageTest {
    private static final int SAMPLES = 3;
    private static final int SIZE = 24;


    /** A row of a comparison, as small as it can be. */
    private record Row(long structure, double value, String text) {
    }

    @Property(tries = 80, seed = "1", shrinking = ShrinkingMode.BOUNDED)
    void journals(@ForAll("edits") List<Edit> edits) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        List<Row> rows = List.of(new Row(4, 0.1, "one"), new Row(7, -2.5e-9, "two \u00c5"), new Row(9, 1e300, ""));
        Files.deleteIfExists(file);
        try (RowJournal<Row> journal = open(file)) {
            for (Row row : rows) {
                journal.append(row);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        check(file, whole, Edit.apply(edits, whole), () -> {
            try (RowJournal<Row> journal = open(file)) {
                assertThat(rows).containsAll(journal.rows());
            }
        });
    }

    private static RowJournal<Row> open(Path file) throws IOException {
        return RowJournal.open(file, Map.of("seed", "1"), Row.class, Row::structure);
    }

    private static byte[] slim() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SlimWriter writer = SlimWriter.begin(out, Map.of("cells", new int[] {6, 6, 1}, "image_size", (long) SIZE,
                "lattice_constant", 4.05, "disk_radius_angstrom", 1.6534, "element", "Al", "seed", 1L, "kind", "mixed"),
                List.of("mixed"));
        SplitMix64 random = new SplitMix64(5);
        for (int i = 0; i < SAMPLES; i++) {
            float[] constants = new float[13];
            Arrays.fill(constants, 10f * i);
            byte[] image = new byte[StructureImage.packedBytes(SIZE, SIZE)];
            for (int k = 0; k < image.length; k++) {
                image[k] = (byte) (256 * random.nextDouble());
            }
            writer.add(new SlimSample(i, "mixed", i, (byte) (i % 3), 20 + i, false, constants, new double[9],
                    new float[9], image, image.clone()));
        }
        writer.finish();
        return out.toByteArray();
    }

    private static void use(SlimFile file) {
        assertThat(file.images()[1].length).isEqualTo(file.size());
    }

    @Property(tries = 200, seed = "2", shrinking = ShrinkingMode.BOUNDED)
    void slimFiles(@ForAll("edits") List<Edit> edits) throws IOException {
        Path file = folder.resolve("a.nhs");
        byte[] whole = slim();
        byte[][][] images = imagesOf(file, whole);
        check(file, whole, Edit.apply(edits, whole), () -> {
            SlimFile read = SlimFile.read(file);
            assertThat(Arrays.deepEquals(read.images(), images)).isTrue();
            for (int i = 0; i < SAMPLES; i++) {
                assertThat(read.constants(i)).containsOnly(10.0 * i);
            }
        });
    }

    private static byte[][][] imagesOf(Path file, byte[] whole) throws IOException {
        Files.write(file, whole);
        return SlimFile.read(file).images();
    }

    /** One of header, numbers and images is damaged, and all lengths and checksums are right. */
    @Property(tries = 400, seed = "3", shrinking = ShrinkingMode.BOUNDED)
    void slimFilesWithMendedSums(@ForAll("edits") List<Edit> edits, @ForAll @IntRange(max = 2) int part)
            throws IOException {
        Path file = folder.resolve("a.nhs");
        byte[] whole = slim();
        ByteBuffer in = ByteBuffer.wrap(whole);
        byte[] magic = bytes(in, 8);
        byte[][] parts = new byte[3][];
        int length = in.getInt();
        in.getInt();
        parts[0] = bytes(in, length);
        int samples = in.getInt();
        int numbers = in.getInt();
        in.getInt();
        int images = in.getInt();
        in.getInt();
        parts[1] = bytes(in, numbers);
        parts[2] = bytes(in, images);
        byte[] end = bytes(in, in.remaining());
        parts[part] = Edit.apply(edits, parts[part]);
        ByteBuffer out = ByteBuffer.allocate(whole.length + parts[part].length + 64).put(magic)
                .putInt(parts[0].length).putInt(sum(parts[0])).put(parts[0]).putInt(samples).putInt(parts[1].length)
                .putInt(sum(parts[1])).putInt(parts[2].length).putInt(sum(parts[2])).put(parts[1]).put(parts[2])
                .put(end);
        check(file, whole, Arrays.copyOf(out.array(), out.position()), () -> use(SlimFile.read(file)));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int sum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
