// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.FileWriteException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** The binary image enlarged, framed and captioned; the image itself is written by {@link StructureImage#write}. */
final class ImagePlot {
    /** Pixels across unless said otherwise. */
    public static final int DEFAULT_PIXELS = 1000;

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1035;
    private static final double MARGIN = 40;
    /** Height of the caption below the axes. */
    private static final double FOOT = 36;
    /** The image is first enlarged without smoothing to at least this, so that its pixels keep their edges. */
    private static final int SHARP = 2048;

    private ImagePlot() {
    }

    /**
     * Writes the picture.
     *
     * @param image  the image
     * @param png    the file
     * @param title  one line above the picture
     * @param pixels across the picture, 200 to 8000
     * @throws IllegalArgumentException when {@code pixels} is out of range
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(StructureImage image, Path png, String title, int pixels) {
        Canvas.write(png, WIDTH, HEIGHT, pixels, g -> {
            Canvas.fittedText(g, title, MARGIN, 50, WIDTH - 2 * MARGIN, Canvas.TITLE, Canvas.INK);
            draw(g, new Rectangle2D.Double(MARGIN, 75, WIDTH - 2 * MARGIN, HEIGHT - 75 - 20), image);
        });
    }

    /** A picture of the default size. */
    public static void write(StructureImage image, Path png, String title) {
        write(image, png, title, DEFAULT_PIXELS);
    }

    /** Draws image, axes and caption into an area. */
    static void draw(Graphics2D g, Rectangle2D area, StructureImage image) {
        double scale = Math.min((area.getWidth() - SheetAxes.LEFT) / image.width(),
                (area.getHeight() - SheetAxes.BELOW - FOOT) / image.height());
        double width = scale * image.width();
        double height = scale * image.height();
        double left = area.getCenterX() + SheetAxes.LEFT / 2 - width / 2;
        Rectangle2D frame = new Rectangle2D.Double(left, area.getY(), width, height);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        AffineTransform sheet = g.getTransform();
        BufferedImage sharp = enlarged(image);
        g.translate(left, area.getY());
        g.scale(width / sharp.getWidth(), height / sharp.getHeight());
        g.drawImage(sharp, 0, 0, null);
        g.setTransform(sheet);
        g.setColor(Canvas.INK);
        g.setStroke(Canvas.line(1.6));
        g.draw(frame);
        pixelAxes(g, frame, image);
        Canvas.text(g, String.format(Locale.ROOT, "%d × %d pixels, %.1f %% black", image.width(), image.height(),
                image.porosity()), left, frame.getMaxY() + SheetAxes.BELOW + 24, Canvas.Align.LEFT, Canvas.BODY,
                Canvas.INK);
    }

    /** Columns to the right and rows from the top. */
    static void pixelAxes(Graphics2D g, Rectangle2D frame, StructureImage image) {
        SheetAxes.draw(g, frame, FigureAxis.Linear.between(0, image.width()), "column [pixels]",
                FigureAxis.Linear.between(image.height(), 0), "row [pixels]");
    }

    private static BufferedImage enlarged(StructureImage image) {
        BufferedImage original = image.toBufferedImage();
        int factor = Math.max(1, SHARP / Math.max(image.width(), image.height()));
        BufferedImage sharp = new BufferedImage(factor * image.width(), factor * image.height(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sharp.createGraphics();
        g.drawImage(original, 0, 0, sharp.getWidth(), sharp.getHeight(), null);
        g.dispose();
        return sharp;
    }
}
