// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileWriteException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * How a number changes with every pixel of an image, as a map: blue where more solid raises it, red where it lowers it,
 * paler the less it matters; pores are a shade darker.
 */
public final class GradientPlot {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1100;
    private static final double MARGIN = 40;
    private static final double TOP = 75;
    private static final double SIDE = WIDTH - 2 * MARGIN - SheetAxes.LEFT;
    private static final double LEFT = MARGIN + SheetAxes.LEFT;
    private static final double BAR = TOP + SIDE + SheetAxes.BELOW + 24;
    private static final double BAR_HEIGHT = 22;
    /** Share of ink over pores, so that the structure shows through. */
    private static final double SHADE = 0.22;
    private static final int PIXELS = 1000;

    /** Units of the scale, each a thousandth of the one before. */
    public enum Units {
        /** Of constants. */
        STRESS("GPa", "MPa", "kPa", "Pa"),
        /** Of a part's force along a boundary. */
        FORCE("N/m", "mN/m", "\u00b5N/m", "nN/m");

        private final List<String> names;

        Units(String... names) {
            this.names = List.of(names);
        }
    }

    private GradientPlot() {
    }

    /**
     * Writes the picture of a constant's gradient [GPa per pixel value].
     *
     * @see #write(double[], Units, StructureImage, Path, String)
     */
    public static void write(double[] gradient, StructureImage image, Path png, String title) {
        write(gradient, Units.STRESS, image, png, title);
    }

    /**
     * Writes the picture.
     *
     * @param gradient [row][column], as many values as the image has pixels
     * @param units    of the gradient: the first of them, per pixel value
     * @param image    square
     * @param title    one line above the picture
     * @throws IllegalArgumentException when sizes disagree
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(double[] gradient, Units units, StructureImage image, Path png, String title) {
        if (image.width() != image.height() || gradient.length != image.width() * image.height()) {
            throw new IllegalArgumentException("a gradient of " + gradient.length + " values does not belong to a "
                    + "square image of " + image);
        }
        double largest = 0;
        for (double value : gradient) {
            largest = Math.max(largest, Math.abs(value));
        }
        double scale = largest == 0 ? 1 : largest;
        BufferedImage map = map(gradient, image, scale);
        Canvas.write(png, WIDTH, HEIGHT, PIXELS, g -> {
            Canvas.fittedText(g, title, MARGIN, 50, WIDTH - 2 * MARGIN, Canvas.TITLE, Canvas.INK);
            g.drawImage(map, (int) LEFT, (int) TOP, (int) SIDE, (int) SIDE, null);
            Rectangle2D frame = new Rectangle2D.Double(LEFT, TOP, SIDE, SIDE);
            g.setColor(Canvas.INK);
            g.setStroke(Canvas.line(1.6));
            g.draw(frame);
            ImagePlot.pixelAxes(g, frame, image);
            scale(g, scale, units.names);
        });
    }

    private static BufferedImage map(double[] gradient, StructureImage image, double scale) {
        int size = image.width();
        BufferedImage map = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                Color color = colour(gradient[row * size + column] / scale);
                Color shaded = image.solid(row, column) ? color : Canvas.mixed(color, Canvas.INK, SHADE);
                map.setRGB(column, row, shaded.getRGB());
            }
        }
        return map;
    }

    /** The colour of a share of the largest value, -1 to 1. */
    private static Color colour(double share) {
        return Canvas.mixed(Color.WHITE, share < 0 ? Canvas.RED : Canvas.BLUE, Math.min(1, Math.abs(share)));
    }

    /** The colours with their numbers, in the unit that makes them handy. */
    private static void scale(Graphics2D g, double largest, List<String> units) {
        int unit = 0;
        while (unit < units.size() - 1 && largest * Math.pow(1000, unit) < 1) {
            unit++;
        }
        for (int i = 0; i < SIDE; i++) {
            g.setColor(colour(2 * i / SIDE - 1));
            g.fill(new Rectangle2D.Double(LEFT + i, BAR, 1.5, BAR_HEIGHT));
        }
        Rectangle2D bar = new Rectangle2D.Double(LEFT, BAR, SIDE, BAR_HEIGHT);
        g.setColor(Canvas.INK);
        g.setStroke(Canvas.line(1.2));
        g.draw(bar);
        double end = largest * Math.pow(1000, unit);
        SheetAxes.below(g, LEFT, bar.getMaxY(), SIDE, FigureAxis.Linear.between(-end, end), "derivative by a pixel's "
                + "value, 0 pore to 1 solid [" + units.get(unit) + " a pixel]; pores are a shade darker");
    }
}
