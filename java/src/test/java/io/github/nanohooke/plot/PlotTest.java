// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.image.TestCrystals;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
    private static final ElasticTensor TENSOR = ElasticConstants.toTensor(new double[] {
        97.316, 60.1, 104.15, 49.488, 51.744, 45.2, 29.56, 22.3, 27.21, 4.1, -3.2, 1.1, -0.9});
    private static final ElasticTensor SLIT = ElasticConstants.toTensor(new double[] {
        0, 60, 70, 0, 0, 20, 15, 0, 0, 0, 0, 0, 0});

    @TempDir
    private Path folder;

    private final Atoms atoms = TestCrystals.withSquareHole(8, 4);
    private final boolean[] fcc = nearTheHole(atoms);

    /** Marks as not fcc what lies within 3 Å of the hole of 4 x 4 cells at 8 a0. */
    private static boolean[] nearTheHole(Atoms atoms) {
        boolean[] fcc = new boolean[atoms.count()];
        double from = 8 * TestCrystals.A0 - 3;
        double to = 12 * TestCrystals.A0 + 1;
        for (int i = 0; i < fcc.length; i++) {
            fcc[i] = !(atoms.x(i) > from && atoms.x(i) < to && atoms.y(i) > from && atoms.y(i) < to);
        }
        return fcc;
    }

    @Test
    void theStructureIsGreenWithARedSurfaceAndAWhiteHole() throws IOException {
        Path file = folder.resolve("structure.png");
        StructurePlot.write(atoms, fcc, 1.43, file, "One square pore", 700);
        BufferedImage picture = read(file, 700, 725);
        // The cell is 848 of 1000 units wide and begins 112 units from the left and 75 from the top.
        double pixels = 0.7 * 848;
        int middle = (int) (0.7 * 112 + pixels / 2);
        int top = (int) (0.7 * 75);
        assertThat(picture.getRGB(middle, (int) (top + pixels / 2)) & 0xffffff).isEqualTo(0xffffff);
        assertThat(share(picture, rgb -> hue(rgb, 150, 175))).as("green").isBetween(0.5, 0.9);
        assertThat(share(picture, rgb -> hue(rgb, 15, 35))).as("red").isBetween(0.005, 0.1);
        assertThat(share(picture, rgb -> hue(rgb, 15, 35), middle - 180, middle + 180,
                (int) (top + pixels / 2 - 180), (int) (top + pixels / 2 + 180)))
                .as("red around the hole").isGreaterThan(0.03);
    }

    @Test
    void aTiltedAndALargeStructureAreDrawnToo() throws IOException {
        Atoms tilted = TestCrystals.scattered(new Box(40, 20, 4, -9, 0.2, 0.1).cell(), 40, 4);
        StructurePlot.write(tilted, new boolean[40], 1.43, folder.resolve("tilted.png"), "tilted");
        assertThat(share(read(folder.resolve("tilted.png"), 1000, 1035), rgb -> hue(rgb, 15, 35)))
                .isBetween(0.05, 0.5);
        Atoms large = TestCrystals.fcc(220, 40, 1);
        boolean[] all = new boolean[large.count()];
        Arrays.fill(all, true);
        StructurePlot.write(large, all, 1.43, folder.resolve("large.png"), "large");
        assertThat(share(read(folder.resolve("large.png"), 1000, 1035), rgb -> hue(rgb, 150, 175)))
                .isBetween(0.1, 0.2);
    }

    @Test
    void theImageIsEnlargedWithoutGrey() throws IOException {
        Path file = folder.resolve("image.png");
        StructureImage image = StructureImage.of(atoms, 64);
        ImagePlot.write(image, file, "Image", 1000);
        BufferedImage picture = read(file, 1000, 1035);
        // 848 units for 64 pixels, from 112, 75; look at the middle of each.
        for (int row = 0; row < 64; row++) {
            for (int column = 0; column < 64; column++) {
                int x = (int) (112 + (column + 0.5) * 848 / 64);
                int y = (int) (75 + (row + 0.5) * 848 / 64);
                assertThat(picture.getRGB(x, y) & 0xffffff).as("row %d column %d", row, column)
                        .isEqualTo(image.solid(row, column) ? 0xffffff : 0);
            }
        }
    }

    @Test
    void theStiffnessHasThreeCurves() throws IOException {
        Path file = folder.resolve("stiffness.png");
        StiffnessPlot.write(TENSOR, file, "Young's modulus");
        BufferedImage picture = read(file, 1000, 1070);
        for (Color color : new Color[] {Canvas.BLUE, Canvas.RED, Canvas.GREEN}) {
            assertThat(share(picture, rgb -> (rgb & 0xffffff) == (color.getRGB() & 0xffffff)))
                    .isBetween(0.0005, 0.03);
        }
    }

    /** An isotropic tensor's curves are circles of radius E around the middle. */
    @Test
    void theCurveOfAnIsotropicTensorIsACircle() throws IOException {
        Path file = folder.resolve("isotropic.png");
        // E = 80 GPa with G = 32 and nu = 1/4; the rings are 20 GPa apart and end at 80.
        StiffnessPlot.write(ElasticTensor.cubic(96, 32, 32), file, "isotropic");
        BufferedImage picture = read(file, 1000, 1070);
        double radius = Math.min(460, (1070 - 90 - 142) / 2.0) - 30;
        double y = 75 + 30 + radius;
        for (int degrees = 1; degrees < 360; degrees += 7) {
            double angle = Math.toRadians(degrees);
            int rgb = picture.getRGB((int) (500 + radius * Math.cos(angle)), (int) (y - radius * Math.sin(angle)));
            float[] hsb = Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null);
            assertThat(hsb[1]).as("colour at %d degrees", degrees).isGreaterThan(0.3f);
        }
    }

    @Test
    void anUnstableTensorIsSaidToBeOne() throws IOException {
        Path file = folder.resolve("slit.png");
        StiffnessPlot.write(SLIT, file, "A slit");
        assertThat(share(read(file, 1000, 1070), rgb -> hue(rgb, 15, 35))).isBetween(0.0005, 0.05);
    }

    /** Positive definite by Cholesky, yet too near the border for an inverse: still a picture. */
    @Test
    void aTensorAtTheBorderIsSaidToBeOne() throws IOException {
        ElasticTensor border = ElasticTensor.cubic(100, 100 * (1 - 5e-15), 30);
        assertThat(border.isPositiveDefinite()).isTrue();
        Path file = folder.resolve("border.png");
        StiffnessPlot.write(border, file, "border");
        assertThat(share(read(file, 1000, 1070), rgb -> hue(rgb, 15, 35))).isBetween(0.0005, 0.05);
    }

    @Test
    void thePageShowsAll() throws IOException {
        StructureImage image = StructureImage.of(atoms, 256);
        for (ElasticTensor tensor : new ElasticTensor[] {TENSOR, SLIT, null}) {
            Path file = folder.resolve("page.png");
            SummaryPlot.write(new SummaryPlot.Content("One square pore", "porosity 4.0 %", atoms, fcc, 1.43, image,
                    tensor), file, 860);
            BufferedImage picture = read(file, 860, 530);
            assertThat(share(picture, rgb -> hue(rgb, 150, 175))).as("atoms").isGreaterThan(0.05);
            assertThat(share(picture, rgb -> (rgb & 0xffffff) == 0)).as("pore").isGreaterThan(0.003);
            // Below the panels there are numbers when there is a tensor, and nothing when there is none.
            double ink = share(picture, rgb -> (rgb & 255) < 128, 0, 860, 390, 530);
            assertThat(ink > 0.003).isEqualTo(tensor != null);
            assertThat(ink == 0).isEqualTo(tensor == null);
        }
    }

    /** Coloured lines are statics', dark dashes of each colour the network's; the legend says so. */
    @Test
    void theNetworksCurvesAreToldFromThoseOfStatics() throws IOException {
        StructureImage image = StructureImage.of(atoms, 256);
        ElasticTensor predicted = ElasticConstants.toTensor(new double[] {
            80, 50, 90, 40, 42, 37, 25, 18, 22, 0, 0, 0, 0});
        for (ElasticTensor network : new ElasticTensor[] {null, predicted}) {
            Path file = folder.resolve("both.png");
            SummaryPlot.write(new SummaryPlot.Content("Both", "", atoms, fcc, 1.43, image, TENSOR, network), file,
                    1720);
            BufferedImage picture = read(file, 1720, 1060);
            for (Color color : new Color[] {Canvas.BLUE, Canvas.RED, Canvas.GREEN}) {
                int dark = Canvas.mixed(color, Color.BLACK, 0.5).getRGB() & 0xffffff;
                double dashes = share(picture, rgb -> (rgb & 0xffffff) == dark, 1150, 1720, 135, 620);
                assertThat(share(picture, rgb -> (rgb & 0xffffff) == (color.getRGB() & 0xffffff), 1150, 1720, 135, 620))
                        .isGreaterThan(0.002);
                assertThat(dashes > 0.001).isEqualTo(network != null);
                double legend = share(picture, rgb -> (rgb & 0xffffff) == dark, 1150, 1720, 690, 720);
                assertThat(legend > 0).isEqualTo(network != null);
            }
        }
    }

    @Test
    void badInputIsNamed() {
        Path file = folder.resolve("never.png");
        assertThatThrownBy(() -> StructurePlot.write(atoms, new boolean[3], 1.43, file, "x"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("got 3");
        assertThatThrownBy(() -> StiffnessPlot.write(TENSOR, file, "x", 10))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("200 to 8000");
        assertThatThrownBy(() -> StiffnessPlot.write(TENSOR, folder.resolve("no/such.png"), "x"))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("no/such.png");
        assertThat(file).doesNotExist();
    }

    /** A ramp from -1 at the left to 1 at the right, solid in the upper half. */
    @Test
    void aGradientIsRedWhereNegativeBlueWherePositiveAndDarkerOverPores() throws IOException {
        int size = 16;
        byte[] packed = new byte[size * size / 8];
        Arrays.fill(packed, 0, packed.length / 2, (byte) 0xff);
        StructureImage image = StructureImage.fromPacked(size, size, packed);
        double[] ramp = new double[size * size];
        Arrays.setAll(ramp, i -> (2.0 * (i % size) + 1 - size) / (size - 1));
        Path file = folder.resolve("gradient.png");
        GradientPlot.write(ramp, image, file, "a ramp");
        BufferedImage picture = read(file, 1000, 1100);
        assertThat(hue(picture.getRGB(130, 200), 15, 35)).isTrue();
        assertThat(hue(picture.getRGB(940, 200), 190, 210)).isTrue();
        int paleSolid = picture.getRGB(560, 200) & 0xff;
        int palePore = picture.getRGB(560, 800) & 0xff;
        assertThat(paleSolid).isGreaterThan(230);
        assertThat(palePore).isBetween(150, paleSolid - 20);
        // The scale has the same colours from end to end, and numbers below it.
        assertThat(hue(picture.getRGB(120, 1014), 15, 35)).isTrue();
        assertThat(hue(picture.getRGB(950, 1014), 190, 210)).isTrue();
        assertThat(picture.getRGB(536, 1014) & 0xff).isGreaterThan(230);
        assertThat(share(picture, rgb -> (rgb & 255) < 128, 100, 980, 1030, 1052)).isGreaterThan(0.005);
        GradientPlot.write(new double[size * size], image, file, "nothing");
        assertThat(read(file, 1000, 1100).getRGB(500, 200) & 0xffffff).isEqualTo(0xffffff);
        assertThatThrownBy(() -> GradientPlot.write(new double[3], image, file, "short"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 values");
    }

    private static BufferedImage read(Path file, int width, int height) throws IOException {
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        return picture;
    }

    private static double share(BufferedImage picture, IntPredicate test) {
        return share(picture, test, 0, picture.getWidth(), 0, picture.getHeight());
    }

    private static double share(BufferedImage picture, IntPredicate test, int left, int right, int top, int bottom) {
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                count += test.test(picture.getRGB(x, y)) ? 1 : 0;
            }
        }
        return (double) count / ((right - left) * (bottom - top));
    }

    /** Whether a colour is clearly one, with a hue within a range of degrees. */
    private static boolean hue(int rgb, double from, double to) {
        float[] hsb = Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null);
        return hsb[1] > 0.4 && hsb[2] > 0.2 && hsb[0] * 360 >= from && hsb[0] * 360 <= to;
    }
}
