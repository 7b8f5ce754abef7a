// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileWriteException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How a number changes with every pixel of an image, as a map: blue where more solid raises it, red where it lowers it,
 * paler the less it matters; pores are a shade darker.
 */
public final class GradientPlot {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1090;
    private static final double MARGIN = 40;
    private static final double TOP = 75;
    private static final double SIDE = WIDTH - 2 * MARGIN;
    /** Share of ink over pores, so that the structure shows through. */
    private static final double SHADE = 0.22;
    private static final int PIXELS = 1000;

    private GradientPlot() {
    }

    /**
     * Writes the picture.
     *
     * @param gradient [row][column], as many values as the image has pixels [GPa per pixel value]
     * @param image    square
     * @param title    one line above the picture
     * @throws IllegalArgumentException when sizes disagree
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(double[] gradient, StructureImage image, Path png, String title) {
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
        String caption = String.format(Locale.ROOT, "%.2e GPa a pixel", largest);
        Canvas.write(png, WIDTH, HEIGHT, PIXELS, g -> {
            Canvas.fittedText(g, title, MARGIN, 50, SIDE, Canvas.TITLE, Canvas.INK);
            g.drawImage(map, (int) MARGIN, (int) TOP, (int) SIDE, (int) SIDE, null);
            g.setColor(Canvas.INK);
            g.setStroke(Canvas.line(1.6));
            g.draw(new Rectangle2D.Double(MARGIN, TOP, SIDE, SIDE));
            legend(g, caption);
        });
    }

    private static BufferedImage map(double[] gradient, StructureImage image, double scale) {
        int size = image.width();
        BufferedImage map = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                Color color = colour(gradient[row * size + column] / scale);
                Color shaded = image.solid(row, column) ? color : mixed(color, Canvas.INK, SHADE);
                map.setRGB(column, row, shaded.getRGB());
            }
        }
        return map;
    }

    /** The colour of a share of the largest value, -1 to 1. */
    private static Color colour(double share) {
        return mixed(Color.WHITE, share < 0 ? Canvas.RED : Canvas.BLUE, Math.min(1, Math.abs(share)));
    }

    private static Color mixed(Color from, Color to, double share) {
        return new Color(mixed(from.getRed(), to.getRed(), share), mixed(from.getGreen(), to.getGreen(), share),
                mixed(from.getBlue(), to.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    private static void legend(Graphics2D g, String caption) {
        double y = TOP + SIDE + 20;
        double width = 400;
        double left = (WIDTH - width) / 2;
        for (int i = 0; i < width; i++) {
            g.setColor(colour(2 * i / width - 1));
            g.fill(new Rectangle2D.Double(left + i, y, 1.5, 18));
        }
        Canvas.text(g, "−" + caption, left - 14, y + 16, Canvas.Align.RIGHT, Canvas.BODY, Canvas.INK);
        Canvas.text(g, "+" + caption, left + width + 14, y + 16, Canvas.Align.LEFT, Canvas.BODY, Canvas.INK);
        Canvas.text(g, "0", left + width / 2, y + 38, Canvas.Align.CENTRE, Canvas.SMALL, Canvas.MUTED);
    }
}
