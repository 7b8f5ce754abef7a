// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Cell;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructureImagePngTest {
    @TempDir
    private Path folder;

    private final StructureImage image =
            StructureImage.of(TestCrystals.scattered(Cell.orthogonal(20, 20, 4), 20, 2), 37, 29, 1.4);

    @Test
    void writtenWithOneBitPerPixelAndReadBack() throws IOException {
        Path file = folder.resolve("structure.png");
        image.write(file);
        assertThat(Files.readAllBytes(file)[24]).as("bit depth").isEqualTo((byte) 1);
        assertThat(StructureImage.read(file)).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED})
    void anyKindOfPngIsRead(int type) throws IOException {
        BufferedImage picture = new BufferedImage(37, 29, type);
        Graphics2D g = picture.createGraphics();
        g.drawImage(image.toBufferedImage(), 0, 0, null);
        g.dispose();
        assertThat(StructureImage.read(written(picture))).isEqualTo(image);
    }

    /** Twelve bits of a camera in sixteen, or a mask of 0 and 1 in eight: black all over as they stand. */
    @ParameterizedTest
    @CsvSource({"11, 4095", "10, 1"})
    void valuesThatDoNotFillTheDepthAreRefused(int type, int white) throws IOException {
        BufferedImage picture = new BufferedImage(8, 8, type);
        for (int i = 0; i < 64; i++) {
            picture.getRaster().setSample(i % 8, i / 8, 0, i % 3 == 0 ? white : 0);
        }
        assertThatThrownBy(() -> StructureImage.read(written(picture))).isInstanceOf(ImageException.class)
                .hasMessageContaining("is dark all over").hasMessageContaining("12 bits in a file of 16");
    }

    /** Grey must not be taken through a gamma curve, which would make 60 as bright as 133. */
    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_RGB})
    void theThresholdIsHalfOfTheStoredValue(int type) throws IOException {
        int[] levels = {0, 30, 60, 127, 128, 195, 220, 255};
        BufferedImage picture = new BufferedImage(8, 8, type);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                for (int band = 0; band < picture.getRaster().getNumBands(); band++) {
                    picture.getRaster().setSample(x, y, band,
                            type == BufferedImage.TYPE_USHORT_GRAY ? 257 * levels[x] : levels[x]);
                }
            }
        }
        StructureImage read = StructureImage.read(written(picture));
        for (int x = 0; x < 8; x++) {
            assertThat(read.solid(3, x)).as("level %d", levels[x]).isEqualTo(levels[x] >= 128);
        }
    }

    @Test
    void coloursCountByTheirLuminance() throws IOException {
        BufferedImage picture = new BufferedImage(4, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, Color.YELLOW.getRGB());
        picture.setRGB(1, 0, Color.BLUE.getRGB());
        picture.setRGB(2, 0, Color.RED.getRGB());
        picture.setRGB(3, 0, Color.CYAN.getRGB());
        assertThat(StructureImage.read(written(picture)).packed()).containsExactly(0b1001);
    }

    @Test
    void aGreyPictureIsRefusedButSmoothedEdgesAreNot() throws IOException {
        BufferedImage picture = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 25; i++) {
            picture.getRaster().setSample(i % 10, i / 10, 0, 100);
        }
        Path file = written(picture);
        assertThatCode(() -> StructureImage.read(file)).doesNotThrowAnyException();
        picture.getRaster().setSample(5, 2, 0, 191);
        Path grey = written(picture);
        assertThatThrownBy(() -> StructureImage.read(grey)).isInstanceOf(ImageException.class)
                .hasMessageContaining(grey.toString()).hasMessageContaining("26 %").hasMessageContaining("grey");
    }

    @Test
    void transparencyIsRefused() throws IOException {
        BufferedImage picture = new BufferedImage(3, 3, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 9; i++) {
            picture.setRGB(i % 3, i / 3, i == 5 ? 0xfeffffff : 0xffffffff);
        }
        Path file = written(picture);
        assertThatThrownBy(() -> StructureImage.read(file)).isInstanceOf(ImageException.class)
                .hasMessageContaining("transparent at row 1, column 2");
    }

    @Test
    void filesThatAreNoPicturesAreNamed() throws IOException {
        Path missing = folder.resolve("missing.png");
        assertThatThrownBy(() -> StructureImage.read(missing)).isInstanceOf(ImageException.class)
                .hasMessage("no such picture: " + missing);
        assertThatThrownBy(() -> StructureImage.read(folder)).isInstanceOf(ImageException.class)
                .hasMessageContaining("folder");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatThrownBy(() -> StructureImage.read(empty)).isInstanceOf(ImageException.class)
                .hasMessageContaining("is empty");
        Path text = Files.writeString(folder.resolve("text.png"), "LAMMPS data file");
        assertThatThrownBy(() -> StructureImage.read(text)).isInstanceOf(ImageException.class)
                .hasMessageContaining("not a PNG");
        Path jpeg = folder.resolve("photo.jpg");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "jpg", jpeg.toFile());
        assertThatThrownBy(() -> StructureImage.read(jpeg)).isInstanceOf(ImageException.class)
                .hasMessageContaining("not a PNG");
    }

    /** Cut anywhere, the file is refused: never an image with a black rest. */
    @Test
    void aCutFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written(image.toBufferedImage()));
        for (int length : new int[] {8, 20, 33, 45, 60, whole.length - 30}) {
            Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> StructureImage.read(cut)).as("cut at %d of %d", length, whole.length)
                    .isInstanceOf(ImageException.class).hasMessageContaining("damaged");
        }
    }

    @Test
    void anAnnouncedGiantIsRefusedBeforeItTakesMemory() throws IOException {
        byte[] bytes = Files.readAllBytes(written(image.toBufferedImage()));
        ByteBuffer.wrap(bytes).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
        Path giant = Files.write(folder.resolve("giant.png"), bytes);
        assertThatThrownBy(() -> StructureImage.read(giant)).isInstanceOf(ImageException.class)
                .hasMessageContaining("100000 x 100000");
    }

    @Test
    void anUnwritablePlaceIsNamed() {
        assertThatThrownBy(() -> image.write(folder.resolve("no/such/folder.png")))
                .isInstanceOf(FileWriteException.class)
                .hasMessageContaining("no/such");
    }

    private Path written(BufferedImage picture) throws IOException {
        Path file = Files.createTempFile(folder, "picture", ".png");
        Png.write(picture, file);
        return file;
    }
}
